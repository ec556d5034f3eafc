// Sends what waits, one small piece at a time, and gets what is new. Whatever is cut off is sent again under the same
// key, which the server takes once. Never two pages at once.
import { adopt } from './binding'
import { readBook, keepBook, nextBook, showBook, unfinished } from './book'
import { sentAt, stampOf } from './clock'
import type { DeviceRow, Inside } from './inside'
import { busy, problemOf, unknownDevice } from './problems'
import { newKey } from './bytes'
import { longestHold, type Part, type Row } from './outbox'
import { isFull, withAnyRoom } from './room'
import { ask, isForLater, type Answer } from './server'
import { worded } from './seal'
import type { Change } from './store'
import type { Bundle, DeviceState, Parcel, Problem, Verdict } from './types'
import { takeOut, type Box } from './vault'

const firstWait = 5_000
const longestWait = 600_000
const leaseMs = 90_000

/** Longer after each failure, and never at the same moment for every phone of a village. */
export const waitAfter = (failures: number, chance: number): number =>
  Math.min(longestWait, firstWait * 2 ** Math.min(failures - 1, 10)) * (0.5 + chance)

interface Calls {
  /** Rows, people or the state of the phone changed. */
  changed(): void
  /** A round is over; other pages may look. */
  done(): void
  /** An office took the phone out of use. */
  revoked(): Promise<void>
  /** The phone was bound anew, by another page or before it died: another PIN opens it. */
  rebound(): Promise<void>
}

export class Sync {
  private owner = newKey()
  private running: Promise<void> | null = null
  private again: 'no' | 'yes' | 'force' = 'no'
  private failures = 0
  private takeBack: (() => void) | null = null
  /** Of the photo that is being sent. */
  private photo: AbortController | null = null

  constructor(
    private inside: Inside,
    private calls: Calls,
  ) {}

  /** `force`: whatever the waits say. Resolves when there is nothing more to try now. */
  run(force: boolean): Promise<void> {
    if (this.running) {
      if (this.again !== 'force') this.again = force ? 'force' : 'yes'
      return this.running
    }
    this.running = this.rounds(force).finally(() => (this.running = null))
    return this.running
  }

  /** An emergency does not wait for a photo. */
  hurry(): void {
    this.photo?.abort()
  }

  async idle(): Promise<void> {
    await this.running
  }

  private async rounds(force: boolean): Promise<void> {
    for (let next: 'no' | 'yes' | 'force' = force ? 'force' : 'yes'; next !== 'no'; next = this.again) {
      this.again = 'no'
      await this.alone(() => this.round(next === 'force'))
    }
  }

  /** Where another page is at it, that one sends this page's records as well. */
  private async alone(work: () => Promise<void>): Promise<void> {
    const { locks, name } = this.lock()
    if (locks) return locks.request(name, { ifAvailable: true }, async (lock) => (lock ? work() : undefined))
    if (await this.renew()) await work()
  }
  /** After whatever round is under way. */
  async after(work: () => Promise<void>): Promise<void> {
    const { locks, name } = this.lock()
    return locks ? locks.request(name, work) : work()
  }
  private lock() {
    const locks = this.inside.store.lasting ? globalThis.navigator?.locks : undefined
    return { locks, name: `tanfang ${this.inside.around.database}` }
  }
  private renew(): Promise<boolean> {
    return this.inside.store.lease('sync', this.owner, this.inside.around.now(), leaseMs)
  }

  private show(part: Partial<Inside['view']['sync']>): void {
    this.inside.view.sync = { ...this.inside.view.sync, ...part }
    this.calls.changed()
  }

  private async round(force: boolean): Promise<void> {
    const { store } = this.inside
    const kept = await store.get<DeviceRow>('meta', 'device')
    if (kept && kept.device !== this.inside.device?.device) {
      this.inside.device = kept
      await this.calls.rebound()
    }
    if (!this.inside.device) return
    this.takeBack?.()
    this.takeBack = null
    this.show({ running: true, next: null })
    await this.inside.outbox.load()
    let trouble: Problem | null = busy
    try {
      trouble = (await this.contact()) ?? (await this.drain(force)) ?? (await this.refresh())
      await this.inside.outbox.prune(this.inside.around.now())
    } finally {
      this.inside.outbox.sending = null
      this.finish(trouble)
    }
  }

  private finish(trouble: Problem | null): void {
    const { around, clock, outbox } = this.inside
    const now = around.now()
    this.failures = trouble ? this.failures + 1 : 0
    const waits = trouble
      ? waitAfter(this.failures, around.random())
      : Math.max(firstWait, outbox.nextWait(now) ?? Infinity)
    const instant = (ms: number) => stampOf(now + clock.offset + ms)
    if (Number.isFinite(waits)) this.takeBack = around.later(waits, () => void this.run(false))
    this.show({
      running: false,
      trouble,
      next: Number.isFinite(waits) ? instant(waits) : null,
    })
    this.calls.done()
  }

  /** The server's clock and key, and whether the phone is still in use. */
  private async contact(): Promise<Problem | null> {
    const { around, store } = this.inside
    const begun = around.now()
    const answer = await ask(around.fetch, 'GET', '/device')
    if (answer.status === 401) return unknownDevice
    const state = answer.body as DeviceState | null
    if (answer.status !== 200 || !state?.device || !state.key) return answer.problem
    // Bound anew before the phone died: with the secret and the PIN of that binding.
    if (state.device !== this.inside.device?.device && (await adopt(this.inside))) await this.calls.rebound()
    const ended = around.now()
    const contact = Date.parse(state.server_time)
    this.inside.clock = { offset: contact - (begun + ended) / 2, contact }
    this.inside.view.clock_off = Math.round(this.inside.clock.offset / 1000)
    const revoked = state.state === 'revoked'
    const device = { device: state.device, key: state.key, revoked }
    this.inside.device = device
    await unlessFull(
      store.write([
        { table: 'meta', key: 'clock', put: this.inside.clock },
        { table: 'meta', key: 'device', put: device },
      ]),
    )
    if (revoked) await this.calls.revoked()
    return null
  }

  /** A piece that fails by itself does not hold up the others; three in a row are the server's failing. */
  private async drain(force: boolean): Promise<Problem | null> {
    const { around, outbox, store } = this.inside
    const tried = new Set<string>()
    for (let failed = 0; ;) {
      const row = outbox.next(around.now(), tried, force)
      if (!row) return null
      tried.add(row.key)
      if (!globalThis.navigator?.locks && !(await this.renew())) return null
      const part = await store.get<Part>('parts', row.key)
      if (!part?.sealed) {
        await outbox.load()
        continue
      }
      outbox.sending = row.key
      this.calls.changed()
      const answer = await this.send(row, part)
      outbox.sending = null
      const settled = verdictOf(answer)
      if (settled) {
        failed = 0
        await this.settle(row, part, settled)
        continue
      }
      if (answer.status === 401) return unknownDevice
      // A photo may be too much for a slow network that takes a record.
      if ((answer.status === 0 && row.kind !== 'attachment') || answer.status === 429) return answer.problem
      await this.postpone(row, answer)
      // Only photos wait for another day.
      if (answer.problem?.code !== 'attachment.day_full' && ++failed === 3) return answer.problem
    }
  }

  private send(row: Row, part: Part): Promise<Answer> {
    const { around, clock, device } = this.inside
    const parcel: Parcel = {
      ...(row.device === device!.device ? {} : { device: row.device }),
      key: row.key,
      kind: row.kind,
      sealed: worded(part.sealed!),
      sent_at: new Date(sentAt(row.saved, { at: around.now(), offset: clock.offset })).toISOString(),
      saved_order: row.order,
    }
    const control = new AbortController()
    if (row.kind === 'attachment') this.photo = control
    return ask(around.fetch, 'POST', '/device/parcels', { 'X-Tanfang-Device': device!.device }, parcel, control)
  }

  private async postpone(row: Row, answer: Answer): Promise<void> {
    const { around, outbox } = this.inside
    const tries = row.tries + 1
    const next = around.now() + Math.min(longestHold, Math.max(answer.after * 1000, waitAfter(tries, around.random())))
    await unlessFull(outbox.write([{ table: 'rows', key: row.key, put: { ...row, tries, next } }]))
  }

  private async settle(row: Row, part: Part, verdict: Settled): Promise<void> {
    const { around, outbox } = this.inside
    const put: Row = { ...row, ...verdict, tries: row.tries + 1, settled: around.now() }
    // What was refused stays to be mended; of everything else the server has the bytes.
    const rest: Change =
      verdict.state === 'refused'
        ? { table: 'parts', key: row.key, put: { copy: part.copy } }
        : { table: 'parts', key: row.key, remove: true }
    // Where that does not go in, the server says the same again next time, and the others are sent all the same.
    await unlessFull(withAnyRoom(this.inside, () => outbox.write([{ table: 'rows', key: row.key, put }, rest])))
    this.calls.changed()
  }

  /** New and changed people, while the phone is open. */
  private async refresh(): Promise<Problem | null> {
    const { around, device, key, store } = this.inside
    const box = await store.get<Box>('meta', 'secret')
    if (!key || !box || !device || device.revoked) return null
    const headers = {
      'X-Tanfang-Device': device.device,
      'X-Tanfang-Reading': await takeOut<string>(key, 'secret', box),
    }
    const had = await readBook(this.inside)
    const body = had ? { cursor: had.cursor } : {}
    const at = around.now()
    const answer = await ask(around.fetch, 'POST', '/device/bundle', headers, body)
    if (answer.status === 403 && answer.problem.code === 'device.revoked') {
      await this.calls.revoked()
      return null
    }
    const bundle = answer.body as Bundle | null
    if (answer.status !== 200 || !Array.isArray(bundle?.people)) return answer.problem
    const begun = unfinished(this.inside)
    const people = new Set(begun.map((each) => each.person))
    const book = {
      ...nextBook(
        had,
        bundle,
        begun.flatMap(({ form }) => form ?? []),
        people,
      ),
      at,
    }
    await unlessFull(keepBook(this.inside, book))
    if (this.inside.key) showBook(this.inside, book)
    this.show({ last: stampOf(at + this.inside.clock.offset) })
    return null
  }
}

/** A full phone goes on: sending is what makes room. */
const unlessFull = (written: Promise<void>): Promise<void> =>
  written.catch((error: unknown) => {
    if (!isFull(error)) throw error
  })

type Settled = Pick<Row, 'state' | 'problem' | 'notices' | 'applied' | 'clock_off_seconds'>

const states: Record<Verdict['state'], Row['state']> = {
  received: 'received',
  repeated: 'received',
  refused: 'refused',
  set_aside: 'set_aside',
}

/** Null where it is to be tried again. */
function verdictOf(answer: Answer): Settled | null {
  if (isForLater(answer)) return null
  if (answer.status !== 200) return { state: 'refused', problem: answer.problem, notices: [] }
  const verdict = answer.body as Verdict
  const state = states[verdict.state]
  if (!state) return null
  return {
    state,
    notices: verdict.notices ?? [],
    ...(state === 'refused' ? { problem: problemOf(verdict.problem) ?? busy } : {}),
    ...(verdict.applied === undefined ? {} : { applied: verdict.applied }),
    ...(verdict.clock_off_seconds === undefined ? {} : { clock_off_seconds: verdict.clock_off_seconds }),
  }
}
