// Records under way: encrypted on the phone at every change, with the photos that belong to them already sealed.
import { hex, newKey } from './bytes'
import type { Draft, Photo } from './core'
import type { Inside } from './inside'
import { isLoose, takenOff } from './outbox'
import { locked, photoStorage, photoUnreadable } from './problems'
import { holdPhoto, holdReport, sendReport } from './saving'
import { isFull, stateOf, withRoom } from './room'
import { turn } from './view'
import type { Change } from './store'
import type { RecordKind } from './types'
import { lockAway, takeOut, type Box } from './vault'

const day = 86400_000
export const photoLimit = 300 * 1024

const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T

export class Drafts {
  /** By id: the newest text of a draft that is not written yet, and who waits for it. */
  private pending = new Map<string, Draft>()
  private writing: Promise<void> | null = null
  /** What the disk has of them. */
  private kept = new Set<string>()
  /** Saved, being saved or dropped: nothing brings them back. */
  private closed = new Set<string>()
  /** Saved by another page and changed here since: the key under which it goes on. */
  private moved = new Map<string, string>()
  /** How often something was to be kept. */
  private changes = 0
  /** Newer here than on the disk: to be written, or that failed. */
  private unwritten = new Set<string>()
  /** What the screen at this address goes on with. */
  private shown: { at?: string; draft: () => Draft | undefined } = { draft: () => undefined }

  /** `wrote`: other pages of this phone may look. */
  constructor(
    private inside: Inside,
    private instant: () => string,
    private wrote: () => void,
  ) {}

  private keyOf(id: string): string {
    const key = this.moved.get(id)
    return key ? this.keyOf(key) : id
  }

  private async read(key: CryptoKey): Promise<Draft[]> {
    const boxes = await this.inside.store.all<{ id: string; box: Box }>('drafts')
    const opened = await Promise.all(
      boxes.map(({ id, box }) => takeOut<Draft>(key, `draft ${id}`, box).catch(() => null)),
    )
    // What was typed on while the phone was locked is newer.
    return opened.filter((each): each is Draft => each !== null && !this.isHeld(each.id))
  }

  async load(): Promise<void> {
    const { key, outbox, view } = this.inside
    if (!key) return
    await outbox.load()
    const typed = view.drafts.filter(({ id }) => this.isHeld(id))
    view.drafts = await this.read(key)
    this.kept = new Set(view.drafts.map(({ id }) => id))
    this.unwritten.clear()
    // An emergency that was begun while the phone was locked is now a draft like any other.
    await Promise.all(typed.map((draft) => this.keep(draft))).catch(() => undefined)
    await this.sweep()
  }
  private isHeld(id: string): boolean {
    return this.inside.outbox.get(id)?.state === 'held'
  }

  /** Takes over what another page of this phone went on with, or finished; whether the screen shows any of it. */
  async again(): Promise<boolean> {
    const { key, view } = this.inside
    if (!key) return false
    await this.written()
    const { changes } = this
    const found = await this.read(key)
    if (changes !== this.changes) return this.again()
    const own = (id: string) => view.drafts.find((each) => each.id === id)
    // Within a second, only what stands in it tells them apart.
    const isNews = (each: Draft, had = own(each.id)) =>
      !had || (had.changed_at <= each.changed_at && JSON.stringify(had) !== JSON.stringify(each))
    const isOthers = ({ id }: Draft) => !this.closed.has(id) && !this.unwritten.has(id)
    const newer = found.filter((each) => isOthers(each) && isNews(each))
    const isGone = ({ id }: Draft) => this.kept.has(id) && !found.some((each) => each.id === id)
    const gone = view.drafts.filter((each) => isOthers(each) && isGone(each))
    if (newer.length + gone.length === 0 || this.inside.key !== key) return false
    const had = this.shown.draft()
    const out = new Set([...newer, ...gone].map(({ id }) => id))
    view.drafts = [...view.drafts.filter(({ id }) => !out.has(id)), ...newer]
    newer.forEach(({ id }) => this.kept.add(id))
    gone.forEach(({ id }) => this.kept.delete(id))
    return this.shown.at === globalThis.location?.hash && this.shown.draft() !== had
  }

  /** Photos of yesterday and before whose draft the phone died without. */
  private async sweep(): Promise<void> {
    const { around, outbox } = this.inside
    const old = outbox.all().filter((row) => isLoose(row) && around.now() - row.saved.at > day)
    await this.release(old.map(({ key }) => key)).catch(() => undefined)
  }

  begin<Value>(kind: RecordKind, person: string | undefined, fresh: () => Value, what?: string): Draft<Value> {
    const isIt = (each: Draft) =>
      each.kind === kind && each.person === person && each.what === what && !!(person || what)
    this.shown = { at: globalThis.location?.hash, draft: () => this.inside.view.drafts.find(isIt) }
    const had = this.shown.draft()
    if (had) return plain(had) as Draft<Value>
    const at = this.instant()
    return { id: newKey(), kind, person, what, begun_at: at, changed_at: at, value: fresh(), photos: [] }
  }

  private show(draft: Draft): void {
    const { view } = this.inside
    view.drafts = [...view.drafts.filter((each) => each.id !== draft.id), draft]
  }

  keep(draft: Draft): Promise<void> {
    const { key, device } = this.inside
    if (!key && !(device && draft.so_far)) return Promise.reject(locked())
    const id = this.keyOf(draft.id)
    if (this.closed.has(id)) return Promise.resolve()
    const copy = plain({ ...draft, id, changed_at: this.instant() })
    this.show(copy)
    this.changes++
    this.toWrite(copy)
    this.writing ??= this.writeAll().finally(() => (this.writing = null))
    return this.writing
  }

  private toWrite(draft: Draft): void {
    this.pending.set(draft.id, draft)
    this.unwritten.add(draft.id)
  }

  private async writeAll(): Promise<void> {
    while (this.pending.size > 0) {
      const typed = [...this.pending.values()]
      this.pending.clear()
      const drafts = await Promise.all(typed.map((draft) => this.apart(draft)))
      const { key, outbox, view } = this.inside
      const changesOf = (draft: Draft) => (key ? this.boxed(key, draft) : holdReport(this.inside, draft))
      const changes = await Promise.all(drafts.map(changesOf))
      // One that was saved or dropped meanwhile is not brought back.
      const wanted = ({ id }: Draft) => view.drafts.some((each) => each.id === id)
      const write = () => outbox.write(drafts.flatMap((draft, i) => (wanted(draft) ? changes[i]! : [])))
      await withRoom(this.inside, 'photos', write).catch((error: unknown) => {
        if (isFull(error)) this.inside.view.storage = 'full'
        throw error
      })
      if (key) drafts.forEach(({ id }) => this.kept.add(id))
      drafts.filter(({ id }) => !this.pending.has(id)).forEach(({ id }) => this.unwritten.delete(id))
      await this.takeBack(drafts)
      this.wrote()
    }
  }
  /** What another page saved just before it was written here does not stand beside its record. */
  private async takeBack(drafts: Draft[]): Promise<void> {
    for (const draft of drafts) {
      const next = await this.apart(draft)
      if (next === draft) continue
      this.toWrite(next)
      await this.inside.store.write([{ table: 'drafts', key: draft.id, remove: true }])
    }
  }
  /** What another page saved meanwhile goes on as another one, and whoever types is told. */
  private async apart(draft: Draft): Promise<Draft> {
    const { outbox, view } = this.inside
    const { id } = draft
    const row = await outbox.look(id).catch(() => undefined)
    if (!row || row.state === 'held' || this.closed.has(id)) return draft
    // Its photos are on their way with the other one.
    await outbox.load()
    const next = { ...(this.pending.get(id) ?? draft), id: newKey() }
    this.moved.set(id, next.id)
    this.close(id)
    this.show(next)
    turn(view, 'apart')
    return next
  }
  private async boxed(key: CryptoKey, draft: Draft): Promise<Change[]> {
    const { id } = draft
    const box = await lockAway(key, `draft ${id}`, draft)
    return [{ table: 'drafts', key: id, put: { id, box } }, ...(this.isHeld(id) ? takenOff(id) : [])]
  }

  /** Until nothing is being written, whether that went in or not. */
  private async written(): Promise<void> {
    await this.writing?.catch(() => undefined)
  }

  /** Saves what a draft became, and says under which key; where that fails, the draft goes on. */
  async become(given: string, save: (id: string) => Promise<boolean>): Promise<string> {
    await this.written()
    const id = this.keyOf(given)
    this.closed.add(id)
    try {
      await this.written()
      // What another page saved already takes its draft along here too.
      if (!(await save(id))) await this.inside.store.write([{ table: 'drafts', key: id, remove: true }])
    } catch (error) {
      this.closed.delete(id)
      throw error
    }
    this.close(id)
    await this.written()
    return id
  }

  /** Sends what is held of it, if anything; else the draft goes on. */
  async send(id: string): Promise<boolean> {
    this.closed.add(id)
    let sent = false
    try {
      await this.written()
      sent = await sendReport(this.inside, id)
    } finally {
      if (!sent) this.closed.delete(id)
    }
    if (sent) this.close(id)
    return sent
  }

  /** Off the list at once, so that no write of it follows. */
  private close(id: string): void {
    this.closed.add(id)
    this.pending.delete(id)
    this.inside.view.drafts = this.inside.view.drafts.filter((each) => each.id !== id)
  }

  async drop(given: string): Promise<void> {
    const id = this.keyOf(given)
    const photos = this.inside.view.drafts.find((each) => each.id === id)?.photos ?? []
    this.close(id)
    await this.written()
    await this.inside.store.write([{ table: 'drafts', key: id, remove: true }])
    await this.release(photos.map((photo) => photo.digest))
    this.wrote()
  }

  /** Photos that no draft has any more and no record was saved with. */
  private async release(digests: string[]): Promise<void> {
    const used = new Set(this.inside.view.drafts.flatMap((draft) => draft.photos.map((photo) => photo.digest)))
    const { outbox } = this.inside
    await outbox.remove(digests.filter((each) => !used.has(each) && outbox.get(each)?.state === 'held'))
  }

  async keepPhoto(draft: Draft, role: Photo['role'], image: Blob): Promise<Photo> {
    const { around, device, store, view } = this.inside
    const { turn: before } = view
    if (!device || !this.inside.key) throw locked()
    if (store.lasting && stateOf(await around.room()) === 'full') throw photoStorage()
    const { bytes, preview } = await around.shrink(image, photoLimit).catch(() => {
      throw photoUnreadable()
    })
    const digest = hex(await crypto.subtle.digest('SHA-256', bytes))
    await withRoom(this.inside, 'photos', () => holdPhoto(this.inside, digest, bytes)).catch((error: unknown) => {
      throw isFull(error) ? photoStorage() : error
    })
    const photo = { digest, role, preview, bytes: bytes.length }
    // Meanwhile the screen may have begun anew, with words that this draft does not have.
    const newest = view.drafts.find(({ id }) => id === this.keyOf(draft.id)) ?? draft
    draft.photos = [...newest.photos.filter((each) => each.digest !== digest), photo]
    const kept = this.keep({ ...newest, photos: draft.photos })
    if (view.turn !== before) turn(view, view.turned)
    await kept
    if (this.closed.has(this.keyOf(draft.id))) await this.release([digest])
    return photo
  }

  async dropPhoto(draft: Draft, digest: string): Promise<void> {
    draft.photos = draft.photos.filter((each) => each.digest !== digest)
    await this.keep(draft)
    await this.release([digest])
  }
}
