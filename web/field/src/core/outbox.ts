// What was saved and is not forgotten until the server has it. Rows are small and stay readable without the PIN; bytes
// are sealed to the server; what a row was about is encrypted for whoever holds the PIN.
import type { About, Counts, HeldReport, ItemState, OutboxItem } from './core'
import type { Reading } from './clock'
import type { SealedBytes } from './seal'
import type { Change, Store } from './store'
import type { Kind, Notice, Problem, RecordKind } from './types'
import { takeOut, type Box } from './vault'

export interface Row {
  key: string
  kind: Kind
  /** The device it was sealed on. */
  device: string
  /** Oldest first. */
  order: number
  /** held: not to be sent yet: a photo of a draft, or an emergency that was being typed while the phone was locked. */
  state: 'held' | Exclude<ItemState, 'sending'>
  /** Keys of the photos and signatures that go before it. */
  attachments: string[]
  saved: Reading
  about?: Box
  tries: number
  /** Not before this, by the phone's clock. */
  next: number
  /** When the server had judged it, by the phone's clock. */
  settled?: number
  problem?: Problem
  notices: Notice[]
  applied?: boolean
  clock_off_seconds?: number
}

export interface Part {
  sealed?: SealedBytes
  /** The record and what it was about, for mending. */
  copy?: Box
}

/** Nothing is held back for longer; what seems to be was held back under another clock. */
export const longestHold = 3600_000
const week = 7 * 86400_000
const isRecord = (row: Row): row is Row & { kind: RecordKind } => row.kind !== 'attachment'
const isShown = (row: Row) => isRecord(row) && row.state !== 'held'
/** A photo whose record is not saved. */
export const isLoose = (row: Row) => row.kind === 'attachment' && row.state === 'held'
/** A photo that did not get through once does not hold up records again. */
const rank = (row: Row) => (row.kind === 'emergency' ? 0 : row.kind === 'attachment' && row.tries > 0 ? 2 : 1)
const before = (a: Row, b: Row) => rank(a) - rank(b) || a.order - b.order || (a.key < b.key ? -1 : 1)

export const takenOff = (key: string): Change[] => [
  { table: 'rows', key, remove: true },
  { table: 'parts', key, remove: true },
]

export class Outbox {
  /** The row under way; only this page's business. */
  sending: string | null = null
  private rows = new Map<string, Row>()
  private opened = new Map<string, About>()

  constructor(private store: Store) {}

  async load(): Promise<void> {
    const rows = await this.store.all<Row>('rows')
    this.rows = new Map(rows.map((row) => [row.key, row]))
  }

  get(key: string): Row | undefined {
    return this.rows.get(key)
  }
  /** As it is on the disk, where another page may have changed it. */
  async look(key: string): Promise<Row | undefined> {
    const row = await this.store.get<Row>('rows', key)
    if (row) this.rows.set(key, row)
    else this.rows.delete(key)
    return row
  }
  all(): Row[] {
    return [...this.rows.values()]
  }

  /** Later than everything so far, also when the clock was set back. */
  order(now: number): number {
    return this.all().reduce((most, row) => Math.max(most, row.order + 1), now)
  }

  /** Keeps rows and what goes with them in one step. */
  async write(changes: Change[]): Promise<void> {
    await this.store.write(changes)
    for (const each of changes) {
      if (each.table !== 'rows') continue
      if ('clear' in each) this.rows.clear()
      else if ('remove' in each) this.rows.delete(each.key)
      else this.rows.set(each.key, ('put' in each ? each.put : each.add) as Row)
    }
  }

  private left(row: Row, now: number): number {
    const left = row.next - now
    return left > longestHold ? 0 : Math.max(0, left)
  }
  private isReady(row: Row): boolean {
    return row.state === 'waiting' && row.attachments.every((key) => this.rows.get(key)?.state !== 'waiting')
  }

  /** Emergencies first, then oldest first; none of `tried`, and none whose wait is not over unless `force`. */
  next(now: number, tried: ReadonlySet<string>, force: boolean): Row | undefined {
    let first: Row | undefined
    for (const row of this.rows.values()) {
      if (tried.has(row.key) || (!force && this.left(row, now) > 0) || !this.isReady(row)) continue
      if (!first || before(row, first) < 0) first = row
    }
    return first
  }

  /** In how many ms something is to be tried again; null where nothing waits. */
  nextWait(now: number): number | null {
    const waits = this.all().flatMap((row) => (this.isReady(row) ? [this.left(row, now)] : []))
    return waits.length > 0 ? waits.reduce((least, each) => Math.min(least, each)) : null
  }

  /** What the server has had for a week is forgotten; `all`: at once, to make room. */
  async prune(now: number, all = false): Promise<void> {
    const old = this.all().filter((row) => row.state === 'received' && (all || now - (row.settled ?? now) > week))
    await this.remove(old.map((row) => row.key))
  }

  async remove(keys: string[]): Promise<void> {
    await this.write(keys.flatMap((key) => takenOff(key)))
  }

  /** Learns what each row was about; what is under another's data key stays closed. */
  async reveal(key: CryptoKey): Promise<void> {
    const closed = this.all().filter((row) => row.about && !this.opened.has(row.key))
    const open = (row: Row) => takeOut<About>(key, `about ${row.key}`, row.about as Box).catch(() => null)
    const found = await Promise.all(closed.map(open))
    closed.forEach((row, i) => {
      const about = found[i]
      if (about) this.opened.set(row.key, about)
    })
  }
  conceal(): void {
    this.opened.clear()
  }
  about(key: string): About | undefined {
    return this.opened.get(key)
  }
  know(key: string, about: About): void {
    this.opened.set(key, about)
  }

  private item(row: Row & { kind: RecordKind }, stamp: (reading: Reading) => string, bookAt: number): OutboxItem {
    const { key, kind, tries, problem, notices, applied, clock_off_seconds } = row
    const waiting = row.attachments.filter((each) => this.rows.get(each)?.state === 'waiting').length
    const underWay = this.sending === key || row.attachments.includes(this.sending ?? '')
    return {
      key,
      kind,
      state: row.state === 'waiting' && underWay ? 'sending' : (row.state as ItemState),
      saved_at: stamp(row.saved),
      about: this.opened.get(key),
      attachments_waiting: waiting,
      tries,
      problem,
      notices,
      applied,
      clock_off_seconds,
      counted: row.state === 'received' && (row.settled ?? Infinity) <= bookAt,
      mendable: row.state === 'refused' && this.opened.has(key),
    }
  }

  /** Newest first. */
  items(stamp: (reading: Reading) => string, bookAt = 0): OutboxItem[] {
    const shown = this.all().filter(isShown).filter(isRecord)
    return shown.sort((a, b) => b.order - a.order).map((row) => this.item(row, stamp, bookAt))
  }

  held(stamp: (reading: Reading) => string): HeldReport[] {
    const held = this.all().filter((row) => isRecord(row) && row.state === 'held')
    return held.map(({ key, saved }) => ({ key, at: stamp(saved) }))
  }

  counts(): Counts {
    const counts: Counts = { unsent: 0, refused: 0, set_aside: 0 }
    for (const row of this.rows.values()) {
      if (!isShown(row)) continue
      if (row.state === 'waiting') counts.unsent++
      else if (row.state === 'refused' || row.state === 'set_aside') counts[row.state]++
    }
    return counts
  }
}
