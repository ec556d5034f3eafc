// Who may look: people and drafts are encrypted with a data key, which is wrapped with what a PIN makes. A PIN is a
// barrier, not a safe; so there is little on the phone, wrong ones slow down, and ten of them take the people away.
import { random, text, utf8 } from './bytes'
import { pinForm, pinWait, pinWiped, pinWrong } from './problems'

/** Bytes at rest under the data key. */
export interface Box {
  iv: ArrayBuffer
  data: ArrayBuffer
}

export interface VaultRow {
  salt: ArrayBuffer
  iterations: number
  iv: ArrayBuffer
  wrapped: ArrayBuffer
  wrong: number
  /** The phone's clock at the last wrong PIN. */
  wrong_at: number
}

const iterations = 300_000
const tries = 10
/** Seconds to wait after so many wrong PINs. */
const waits = [0, 0, 0, 30, 60, 120, 300, 600, 900, 1800]

async function pinKey(pin: string, salt: ArrayBuffer, rounds: number): Promise<CryptoKey> {
  const given = await crypto.subtle.importKey('raw', utf8(pin), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  return crypto.subtle.deriveKey(how, given, { name: 'AES-GCM', length: 256 }, false, ['wrapKey', 'unwrapKey'])
}

/** What anybody tries first. */
export const isWeak = (pin: string): boolean => /^(\d)\1+$/.test(pin) || '0123456789 9876543210'.includes(pin)

async function wrap(dataKey: CryptoKey, pin: string): Promise<VaultRow> {
  if (!/^\d{6}$/.test(pin) || isWeak(pin)) throw pinForm()
  const salt = random(16).buffer
  const iv = random(12).buffer
  const wrapped = await crypto.subtle.wrapKey('raw', dataKey, await pinKey(pin, salt, iterations), {
    name: 'AES-GCM',
    iv,
  })
  return { salt, iterations, iv, wrapped, wrong: 0, wrong_at: 0 }
}

async function unwrap(row: VaultRow, pin: string, extractable: boolean): Promise<CryptoKey | null> {
  const key = await pinKey(pin, row.salt, row.iterations)
  const how = { name: 'AES-GCM', iv: row.iv }
  const uses: KeyUsage[] = ['encrypt', 'decrypt']
  return crypto.subtle.unwrapKey('raw', row.wrapped, key, how, 'AES-GCM', extractable, uses).catch(() => null)
}

/** A new data key and how it is kept under the PIN. */
export async function makeVault(pin: string): Promise<{ key: CryptoKey; row: VaultRow }> {
  const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt'])
  const row = await wrap(made, pin)
  return { key: (await unwrap(row, pin, false)) as CryptoKey, row }
}

/** Seconds until the next PIN may be tried; a clock that was set back does not shorten it, nor lengthen it for ever. */
export function secondsToWait(row: VaultRow, now: number): number {
  const wait = (waits[row.wrong] ?? 0) * 1000
  const gone = Math.max(0, now - row.wrong_at)
  return Math.ceil(Math.max(0, wait - gone) / 1000)
}

interface Keeper {
  /** Must have kept the row before it resolves, so that a killed browser does not give back a try. */
  keep(row: VaultRow): Promise<void>
  wipe(): Promise<void>
  now(): number
}

async function attempt(row: VaultRow, pin: string, extractable: boolean, keeper: Keeper): Promise<CryptoKey> {
  const wait = secondsToWait(row, keeper.now())
  if (wait > 0) throw pinWait(wait)
  const counted = { ...row, wrong: row.wrong + 1, wrong_at: keeper.now() }
  await keeper.keep(counted)
  const key = await unwrap(row, pin, extractable)
  if (key) {
    await keeper.keep({ ...row, wrong: 0, wrong_at: 0 })
    return key
  }
  if (counted.wrong < tries) throw pinWrong(tries - counted.wrong)
  await keeper.wipe()
  throw pinWiped()
}

export const openVault = (row: VaultRow, pin: string, keeper: Keeper): Promise<CryptoKey> =>
  attempt(row, pin, false, keeper)

export async function changeVaultPin(row: VaultRow, old: string, next: string, keeper: Keeper): Promise<void> {
  const key = await attempt(row, old, true, keeper)
  await keeper.keep(await wrap(key, next))
}

const bound = (name: string) => utf8(`tanfang-phone-1|${name}`)

/** `name`: what it is kept as, so that one box cannot stand in for another. */
export async function lockAway(key: CryptoKey, name: string, value: unknown): Promise<Box> {
  const iv = random(12).buffer
  const how = { name: 'AES-GCM', iv, additionalData: bound(name) }
  return { iv, data: await crypto.subtle.encrypt(how, key, utf8(JSON.stringify(value))) }
}

export async function takeOut<T>(key: CryptoKey, name: string, box: Box): Promise<T> {
  const how = { name: 'AES-GCM', iv: box.iv, additionalData: bound(name) }
  return JSON.parse(text(await crypto.subtle.decrypt(how, key, box.data))) as T
}
