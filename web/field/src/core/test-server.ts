// A server that lives in the test: opens what phones seal, keeps each key once, and fails as often as it is told.
import { fromBase64, newKey, text, utf8 } from './bytes'
import type { Bundle, DeviceState, Parcel, ServerKey, Verdict } from './types'

const oaep = { name: 'RSA-OAEP', hash: 'SHA-256' }
export const account = {
  login: 'wang',
  name: '王敏',
  role: 'visitor',
  area: '510521100015',
  area_name: '新桥村',
} as const

export interface Arrived {
  device: string
  key: string
  kind: string
  bytes: ArrayBuffer
  content: Record<string, unknown>
  offset: number
}

const answer = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
const refusal = (status: number, code: string) =>
  answer(status, { code, detail: `${code} 字`, detail_en: `${code} words` })

export class TestServer {
  /** What arrived, by key, and every key in the order that it came first. */
  arrived = new Map<string, Arrived>()
  order: string[] = []
  requests: string[] = []
  revoked = false
  known = false
  /** The link binds no other phone. */
  used = false
  reading = ''
  /** How the next request goes; `lost`: it is done, and its answer does not arrive. */
  fate: () => 'well' | 'unheard' | 'lost' | 503 | 429 = () => 'well'
  verdict: (arrived: Arrived) => Partial<Verdict> = () => ({})
  bundle: (cursor: string | undefined) => Partial<Bundle> = () => ({})
  private device = newKey().slice(0, 13)
  private privateKey!: CryptoKey
  private key!: ServerKey

  constructor(private now: () => number) {}

  static makeKey(): Promise<CryptoKeyPair> {
    const how = { ...oaep, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }
    return crypto.subtle.generateKey(how, true, ['encrypt', 'decrypt'])
  }
  static async make(now: () => number, key?: CryptoKeyPair): Promise<TestServer> {
    const server = new TestServer(now)
    const pair = key ?? (await TestServer.makeKey())
    const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey))
    server.privateKey = pair.privateKey
    server.key = { id: 'k1', spki: btoa(String.fromCharCode(...spki)) }
    return server
  }

  fetch: typeof fetch = async (address, init) => {
    const path = String(address).replace('/api/v1', '')
    this.requests.push(`${init?.method} ${path}`)
    const fate = this.fate()
    if (fate === 'unheard') throw new TypeError('failed to fetch')
    if (fate === 503 || fate === 429) return new Response('', { status: fate, headers: { 'retry-after': '7' } })
    const body = init?.body ? (JSON.parse(String(init.body)) as Record<string, unknown>) : {}
    const done = await this.answer(`${init?.method} ${path}`, body, (init?.headers ?? {}) as Record<string, string>)
    if (fate === 'lost') throw new TypeError('connection lost')
    return done
  }

  private state(): DeviceState {
    const server_time = new Date(this.now()).toISOString()
    return { device: this.device, state: this.revoked ? 'revoked' : 'active', server_time, account, key: this.key }
  }

  private async answer(what: string, body: Record<string, unknown>, headers: Record<string, string>) {
    if (what === 'POST /devices') {
      if (body.token !== 'invitation' || this.used) return refusal(404, 'invitation.unknown')
      if (this.known && this.device) this.device = newKey().slice(0, 13)
      this.known = true
      this.revoked = false
      this.reading = String(body.reading_digest)
      return answer(201, this.state())
    }
    if (what === 'POST /device-invitations/lookup')
      return answer(200, { ...account, expires_at: new Date(this.now() + 86_400_000).toISOString() })
    if (!this.known) return refusal(401, 'device.needed')
    if (what === 'GET /device') return answer(200, this.state())
    if (headers['X-Tanfang-Device'] !== this.device) return refusal(403, 'device.other')
    if (what === 'POST /device/parcels') return this.take(body as unknown as Parcel)
    if (what === 'POST /device/bundle') return this.give(body.cursor as string | undefined, headers)
    return refusal(404, 'http.not_found')
  }

  private async give(cursor: string | undefined, headers: Record<string, string>) {
    if (this.revoked) return refusal(403, 'device.revoked')
    const digest = await crypto.subtle.digest('SHA-256', fromBase64(headers['X-Tanfang-Reading'] ?? ''))
    if (btoa(String.fromCharCode(...new Uint8Array(digest))) !== this.reading) return refusal(403, 'device.reading')
    const { server_time, key } = this.state()
    const none = { people: [], gone: [], forms: [], proposals: [], limit: { people: 500, left_out: 0 } }
    return answer(200, { server_time, cursor: 'c1', account, key, ...none, ...this.bundle(cursor) })
  }

  private async open(parcel: Parcel): Promise<ArrayBuffer> {
    const raw = await crypto.subtle.decrypt(oaep, this.privateKey, fromBase64(parcel.sealed.wrapped_key))
    const own = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt'])
    const additionalData = utf8(`tanfang-parcel-1|${parcel.device ?? this.device}|${parcel.kind}|${parcel.key}`)
    const how = { name: 'AES-GCM', iv: fromBase64(parcel.sealed.iv), additionalData }
    return crypto.subtle.decrypt(how, own, fromBase64(parcel.sealed.data))
  }

  private async take(parcel: Parcel) {
    if (this.arrived.has(parcel.key)) return answer(200, { state: 'repeated', notices: [] })
    const bytes = await this.open(parcel)
    const content = parcel.kind === 'attachment' ? {} : (JSON.parse(text(bytes)) as Record<string, unknown>)
    const { device = this.device, key, kind } = parcel
    const arrived = { device, key, kind, bytes, content, offset: this.now() - Date.parse(parcel.sent_at) }
    const attachments = (content.attachments ?? []) as string[]
    const missing = attachments.filter((each) => !this.arrived.has(each))
    if (missing.length > 0) {
      const fields = attachments.flatMap((each, i) =>
        missing.includes(each)
          ? [{ field: `attachments[${i}]`, code: 'visit.attachment_unknown', detail: '没有收到' }]
          : [],
      )
      return answer(200, { state: 'refused', notices: [], problem: { code: 'visit.invalid', detail: '有误', fields } })
    }
    const verdict = { state: this.revoked ? 'set_aside' : 'received', notices: [], ...this.verdict(arrived) }
    if (verdict.state === 'refused') return answer(200, verdict)
    this.arrived.set(key, arrived)
    this.order.push(key)
    return answer(200, verdict)
  }
}
