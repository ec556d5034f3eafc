// The core: one object that screens talk to.
import { shallowReactive } from 'vue'
import { adopt, emptied, join, lookUp } from './binding'
import { isSameForm, readBook, showBook } from './book'
import { newKey } from './bytes'
import { aheadOf, stampOf, type Reading } from './clock'
import { Refusal, type About, type Core, type Draft, type Mended, type Missing, type Photo, type View } from './core'
import { Drafts } from './drafts'
import type { ClockRow, DeviceRow, Inside, Surroundings } from './inside'
import { startWorker, takeOver } from './offline'
import { Outbox, type Part } from './outbox'
import { locked, notSent, pinFull, unsent } from './problems'
import { lookAtRoom, withAnyRoom } from './room'
import { mended, saveRecord, type Copy } from './saving'
import { ask } from './server'
import { MemoryStore, openStore } from './store'
import { Sync } from './sync'
import type { BundleForm, BundlePerson, Contents, FormReference, Invitation, RecordKind } from './types'
import { emptyView, turn } from './view'
import { changeVaultPin, openVault, takeOut, type VaultRow } from './vault'

/** Away from the page for longer, the PIN is asked again. */
const longestAway = 15 * 60_000

export class Phone implements Core {
  readonly view: View = shallowReactive(emptyView())
  private inside: Inside
  private drafts: Drafts
  private sync: Sync
  private channel: BroadcastChannel | null = null
  private showing = false
  /** That the screens show. */
  private day = ''

  constructor(private around: Surroundings) {
    const store = new MemoryStore()
    const clock: ClockRow = { offset: 0, contact: 0 }
    this.inside = { around, store, outbox: new Outbox(store), view: this.view, device: null, clock, key: null }
    const wrote = () => this.channel?.postMessage('kept')
    this.drafts = new Drafts(this.inside, () => this.stamp(), wrote)
    this.sync = new Sync(this.inside, {
      changed: () => this.soon(),
      done: () => this.channel?.postMessage('synced'),
      revoked: () => this.wipe(),
      rebound: () => this.rebound(),
    })
  }

  async start(): Promise<void> {
    const store = await openStore(this.around.database)
    this.inside.store = store
    this.inside.outbox = new Outbox(store)
    this.view.missing = this.missing()
    if (!globalThis.crypto?.subtle) return void (this.view.state = 'new')
    this.inside.device = (await store.get<DeviceRow>('meta', 'device')) ?? null
    this.inside.clock = (await store.get<ClockRow>('meta', 'clock')) ?? this.inside.clock
    await this.inside.outbox.load()
    if (!(await store.get('meta', 'vault'))) await adopt(this.inside)
    await this.showState()
    this.listen()
    void lookAtRoom(this.inside)
    void startWorker(this.view)
    void this.sync.run(true)
  }

  private missing(): Missing[] {
    const lacks: Missing[] = []
    if (!globalThis.navigator?.serviceWorker) lacks.push('offline')
    if (!this.inside.store.lasting) lacks.push(this.around.wasBound() ? 'records' : 'store')
    if (!globalThis.crypto?.subtle) lacks.push('crypto')
    return lacks
  }

  /** What other pages changed is seen here, and a page that comes back tries again. */
  private listen(): void {
    if (typeof BroadcastChannel !== 'undefined') {
      this.channel = new BroadcastChannel(`tanfang ${this.around.database}`)
      this.channel.onmessage = ({ data }) => void this.hear(data)
    }
    globalThis.addEventListener?.('online', () => void this.sync.run(true))
    let left = 0
    globalThis.document?.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') left = this.around.now()
      else this.cameBack(this.around.now() - left)
    })
  }
  private async hear(what: 'kept' | 'saved' | 'synced'): Promise<void> {
    const hidden = globalThis.document?.visibilityState === 'hidden'
    if (hidden && what === 'kept') return
    if (!hidden && what !== 'synced') await this.lookAgain()
    await this.inside.outbox.load()
    if (this.inside.key) await this.inside.outbox.reveal(this.inside.key)
    this.show()
    if (what === 'saved') await this.sync.run(false)
  }
  private cameBack(away: number): void {
    // Set back meanwhile, the clock says nothing.
    if (this.inside.key && (away > longestAway || away < 0)) this.lock()
    void this.lookAgain()
    void this.sync.run(true)
  }
  /** What another page of this phone did to the drafts. */
  async lookAgain(): Promise<void> {
    if (await this.drafts.again()) turn(this.view, 'elsewhere')
  }

  private async showState(): Promise<void> {
    const vault = await this.inside.store.get('meta', 'vault')
    const { device, key } = this.inside
    this.view.state = device?.revoked ? 'revoked' : !vault ? 'new' : key ? 'open' : 'locked'
    this.view.clock_off = Math.round(this.inside.clock.offset / 1000)
    if (device && this.inside.store.lasting) this.around.wasBound(true)
    this.show()
  }

  private show(): void {
    this.showing = false
    const { outbox } = this.inside
    const day = this.stamp().slice(0, 10)
    if (this.inside.key && this.day && this.day !== day) turn(this.view, undefined)
    this.day = day
    const saved = (reading: Reading) => stampOf(reading.at + aheadOf(reading, reading.at))
    this.view.outbox = outbox.items(saved, this.inside.bookAt)
    this.view.counts = outbox.counts()
    this.view.held = outbox.held(saved)
  }
  /** Many changes are shown at once, as a list of a thousand takes its time. */
  private soon(): void {
    if (this.showing) return
    this.showing = true
    this.around.later(100, () => this.show())
  }

  now(): number {
    const at = this.around.now()
    return at + aheadOf(this.inside.clock, at)
  }
  stamp(): string {
    return stampOf(this.now())
  }

  lookUp(token: string): Promise<Invitation> {
    return lookUp(this.inside, token)
  }
  async join(token: string, pin: string, label: string): Promise<void> {
    await this.sync.after(() => join(this.inside, token, pin, label))
    this.close()
    await this.opened()
    const looked = lookAtRoom(this.inside)
    await this.sync.run(true)
    await looked
    this.show()
  }

  private keeper() {
    return {
      keep: (row: VaultRow) =>
        withAnyRoom(this.inside, () => this.inside.store.write([{ table: 'meta', key: 'vault', put: row }]), pinFull),
      wipe: () => this.wipe(),
      now: () => this.around.now(),
    }
  }
  private async vault(): Promise<VaultRow> {
    const row = await this.inside.store.get<VaultRow>('meta', 'vault')
    if (!row) throw locked()
    return row
  }
  async unlock(pin: string): Promise<void> {
    this.inside.key = await openVault(await this.vault(), pin, this.keeper())
    await this.opened()
    void this.sync.run(true)
  }
  private async opened(): Promise<void> {
    const { key, outbox } = this.inside
    void globalThis.navigator?.storage?.persist?.()
    this.day = ''
    await this.drafts.load()
    const book = await readBook(this.inside)
    showBook(this.inside, book)
    if (book?.at) this.view.sync = { ...this.view.sync, last: stampOf(book.at + this.inside.clock.offset) }
    if (key) await outbox.reveal(key)
    await this.showState()
  }
  lock(): void {
    void this.rebound()
  }
  private rebound(): Promise<void> {
    this.inside.key = null
    this.close()
    return this.showState()
  }
  private close(): void {
    this.inside.outbox.conceal()
    this.view.drafts = []
    showBook(this.inside, null)
  }
  async changePin(old: string, next: string): Promise<void> {
    await changeVaultPin(await this.vault(), old, next, this.keeper())
  }
  async wipe(): Promise<void> {
    await emptied(this.inside)
    this.close()
    await this.showState()
  }
  async signOff(): Promise<void> {
    await this.sync.run(true)
    if (this.inside.outbox.counts().unsent + this.view.held.length > 0) throw unsent()
    const headers = { 'X-Tanfang-Device': this.inside.device?.device ?? '' }
    const answer = await ask(this.around.fetch, 'DELETE', '/device', headers)
    if (answer.status !== 204 && answer.status !== 401) throw new Refusal(answer.problem)
    this.inside.device = null
    await this.inside.store.write([{ table: 'meta', key: 'device', remove: true }])
    await this.wipe()
  }

  person(id: string): BundlePerson | undefined {
    return this.view.people.find((each) => each.id === id)
  }
  form(reference: FormReference | undefined): BundleForm | undefined {
    return this.view.forms.find((each) => isSameForm(each, reference))
  }

  draft<Value>(kind: RecordKind, person: string | undefined, fresh: () => Value, what?: string): Draft<Value> {
    return this.drafts.begin(kind, person, fresh, what)
  }
  keepDraft(draft: Draft): Promise<void> {
    return this.drafts.keep(draft).then(() => (this.inside.key ? undefined : this.soon()))
  }
  dropDraft(id: string): Promise<void> {
    return this.drafts.drop(id)
  }
  async keepPhoto(draft: Draft, role: Photo['role'], image: Blob): Promise<Photo> {
    let refused = false
    try {
      return await this.drafts.keepPhoto(draft, role, image)
    } catch (error) {
      refused = error instanceof Refusal && error.problem.code === 'photo.storage'
      throw error
    } finally {
      await lookAtRoom(this.inside, refused)
    }
  }
  dropPhoto(draft: Draft, digest: string): Promise<void> {
    return this.drafts.dropPhoto(draft, digest)
  }

  async save<K extends RecordKind>(kind: K, key: string, content: Contents[K], about: About, mends?: string) {
    const id = await this.drafts.become(key, (id) => {
      const draft = this.view.drafts.find((each) => each.id === id)
      return saveRecord(this.inside, id, { kind, content, about, photos: draft?.photos }, mends ?? draft?.mends)
    })
    await this.saved(kind, id)
  }
  async sendHeld(key: string) {
    const sent = await this.drafts.send(key)
    await (sent ? this.saved('emergency', key) : this.show())
    return sent
  }
  private async saved(kind: RecordKind, key: string) {
    this.show()
    this.channel?.postMessage('saved')
    if (kind === 'emergency') this.sync.hurry()
    const sent = this.sync.run(!this.inside.store.lasting)
    void lookAtRoom(this.inside)
    if (this.inside.store.lasting) return
    await sent
    if (this.inside.outbox.get(key)?.state === 'waiting') throw notSent()
  }
  newKey(): string {
    return newKey()
  }

  async mend(key: string): Promise<Mended> {
    const part = await this.inside.store.get<Part>('parts', key)
    if (!part?.copy || !this.inside.key) throw locked()
    const copy = await takeOut<Copy>(this.inside.key, `copy ${key}`, part.copy)
    return mended(copy, this.inside.outbox.get(key)?.problem)
  }
  async dismiss(key: string): Promise<void> {
    const state = (await this.inside.outbox.look(key))?.state
    if (state === 'held') await this.drafts.drop(key)
    if (state === 'held' || state === 'refused') await this.inside.outbox.remove([key])
    this.show()
  }

  async syncIdle(): Promise<void> {
    await this.sync.idle()
    this.show()
  }
  async syncNow(): Promise<void> {
    await this.sync.run(true)
    this.show()
  }

  update(): void {
    void takeOver()
  }
}
