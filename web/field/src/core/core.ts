// What screens need of the phone: whom to see, drafts, the outbox, and who may look. Everything that is saved is on the
// disk of the phone, sealed, before a promise resolves; nothing here needs a network except `lookUp` and `join`.
import type {
  Account,
  BundleForm,
  BundlePerson,
  Canvass,
  Contents,
  FormReference,
  Invitation,
  Notice,
  Problem,
  ProposalState,
  RecordKind,
  Village,
} from './types'

/**
 * new: nobody signed in here; locked: the PIN is needed; open: people can be seen; revoked: an office took the phone
 * out of use, there are no people on it, what waits is still sent.
 */
export type State = 'starting' | 'new' | 'locked' | 'open' | 'revoked'

/**
 * What this browser lacks. offline: no service worker, the page opens only with a network; store: nothing can be kept,
 * a record must be received before it is safe (`save` waits for that); crypto: nothing can be sealed, so nothing works;
 * records: this phone was bound, and what it keeps cannot be opened now.
 */
export type Missing = 'offline' | 'store' | 'crypto' | 'records'

/** sending is also what was under way when the browser was killed; it is sent again under the same key. */
export type ItemState = 'waiting' | 'sending' | 'received' | 'refused' | 'set_aside'

/** What a record was about, as its screen wanted it remembered; readable only while the phone is open. */
export interface About {
  person?: string
  /** The person's name, a household's place, or what the emergency was. */
  title: string
  outcome?: string
  /** What a visit was written on. */
  form?: FormReference
  /** Instant of `core.now()`. */
  at: string
}

export interface OutboxItem {
  key: string
  kind: RecordKind
  state: ItemState
  saved_at: string
  /** Absent while locked, and for what was saved before somebody else signed in. */
  about?: About
  /** Its photos and signatures that are still to be sent. */
  attachments_waiting: number
  tries: number
  /** Why it was refused. */
  problem?: Problem
  /** What the server noticed about a record that it received. */
  notices: Notice[]
  /** A proposal that was done at once, by right. */
  applied?: boolean
  clock_off_seconds?: number
  /** The list of people is younger than its receipt, and says what it counted for. */
  counted?: boolean
  /** Whether `mend` can make a draft of it again. */
  mendable: boolean
}

export interface Counts {
  /** Records, not photos, that the server does not have yet: waiting and sending. */
  unsent: number
  refused: number
  set_aside: number
}

export interface Photo {
  digest: string
  /** `photo` or `signature`. */
  role: 'photo' | 'signature'
  /** A small picture to look at, as a `data:` address. */
  preview: string
  bytes: number
  /** Of a record that is mended: it was sent with it before. */
  sent?: true
}

/**
 * A record under way. `id` becomes the key of the record that is saved from it, so that saving twice saves once.
 * `value` is the screen's own and must survive JSON.
 */
export interface Draft<Value = unknown> {
  id: string
  kind: RecordKind
  person?: string
  /** Which of several about the same person, or of those about nobody known. */
  what?: string
  /** Stays the one that the draft was begun with, also when the scheme has a newer one. */
  form?: FormReference
  begun_at: string
  changed_at: string
  value: Value
  photos: Photo[]
  /** The key of the refused record that this one stands for; saving takes that one off the list. */
  mends?: string
  /** What an emergency would say so far: so it is kept, sealed, while the phone is locked. */
  so_far?: Contents['emergency']
}

/** An emergency that was typed while the phone was locked and not sent: it is sealed, and can be sent as it is. */
export interface HeldReport {
  key: string
  /** As `stamp()` writes it. */
  at: string
}

/** What was refused, as it was saved, with the photos that went before it. */
export interface Mended {
  kind: RecordKind
  content: Contents[RecordKind]
  about: About
  photos: Photo[]
}

export interface View {
  state: State
  missing: readonly Missing[]
  account: Account | null
  /** Only while open; in the order of the server. */
  people: readonly BundlePerson[]
  forms: readonly BundleForm[]
  proposals: readonly ProposalState[]
  canvass: Canvass | null
  /** Where the account works, where that is more than one. */
  villages: readonly Village[]
  /** People of the visitor that the phone was not given, as there are too many. */
  left_out: number
  drafts: readonly Draft[]
  /** Newest first: what waits, what was refused, and what was received in the last seven days. */
  outbox: readonly OutboxItem[]
  counts: Counts
  held: readonly HeldReport[]
  sync: {
    running: boolean
    /** When the server last answered everything; as `stamp()` writes it. */
    last: string | null
    /** When it is tried again by itself. */
    next: string | null
    trouble: Problem | null
  }
  /** low: say so; full: photos are refused, records still go in. */
  storage: 'enough' | 'low' | 'full'
  /** Seconds that the phone's clock is behind the server's; negative where it is ahead. */
  clock_off: number
  /** Of a core that keeps and sends nothing, to practise with. */
  training: boolean
  /** A newer version is here; `update` changes over to it. */
  update_ready: boolean
  /** Another one after a new day, or after another page went on with the draft that the screen shows: it begins anew. */
  turn: number
  /** Why: another page changed or ended a draft; or it saved one that was changed here since, which goes on by itself. */
  turned?: 'elsewhere' | 'apart'
}

export interface Core {
  /** Reactive (Vue); replaced piece by piece, never changed inside. */
  readonly view: Readonly<View>

  /** Once, before anything is mounted. */
  start(): Promise<void>

  /** Milliseconds, corrected by what the server said; for everything that screens show or write. */
  now(): number
  /** `now()` as an RFC 3339 instant in the time of China. */
  stamp(): string

  /** Whose invitation this is. Throws Refusal. */
  lookUp(token: string): Promise<Invitation>
  /** Binds this phone, sets the PIN (six digits) and gets the people. Throws Refusal. */
  join(token: string, pin: string, label: string): Promise<void>
  /** Throws Refusal `pin.wrong` (with tries left), `pin.wait` (with seconds), `pin.wiped`. */
  unlock(pin: string): Promise<void>
  lock(): void
  changePin(old: string, next: string): Promise<void>
  /** Takes people, drafts and PIN off the phone; what waits stays, sealed, and is still sent. */
  wipe(): Promise<void>
  /** Signs the phone off at the server as well; Refusal while anything is unsent or there is no network. */
  signOff(): Promise<void>

  person(id: string): BundlePerson | undefined
  /** The definition that a person or a draft refers to; older versions stay as long as a draft needs them. */
  form(reference: FormReference | undefined): BundleForm | undefined

  /** The draft of that kind about that person, or a new one; nothing is written before the first `keepDraft`. */
  draft<Value>(kind: RecordKind, person: string | undefined, fresh: () => Value, what?: string): Draft<Value>
  /**
   * To be called at each change; writes of one draft are put together, the newest wins. Resolves once it is kept. While
   * the phone is locked, only an emergency with `so_far`. What another page saved meanwhile goes on as another draft:
   * see `view.turned`.
   */
  keepDraft(draft: Draft): Promise<void>
  dropDraft(id: string): Promise<void>
  /** Shrinks, seals and keeps a photo with its draft. Refusal `photo.storage` (no room), `photo.unreadable`. */
  keepPhoto(draft: Draft, role: Photo['role'], image: Blob): Promise<Photo>
  dropPhoto(draft: Draft, digest: string): Promise<void>

  /**
   * Seals a record into the outbox and takes its draft away, in one step; resolves once it is durable, then sends by
   * itself. Saving the same `key` again does nothing. Emergencies can be saved while locked. `mends`: the refused one that
   * this stands for, where no draft says so.
   * Throws Refusal `storage.full`, and `not_sent` where nothing can be kept.
   */
  save<K extends RecordKind>(kind: K, key: string, content: Contents[K], about: About, mends?: string): Promise<void>
  /** A key for a record without a draft. */
  newKey(): string
  /** What was refused, to make a draft of (with `mends`); it stays on the list until that draft is saved. */
  mend(key: string): Promise<Mended>
  /** Takes a refused item that will not be mended off the list, or a held report. */
  dismiss(key: string): Promise<void>
  /** Sends a held report before everything else; false where another page sent it or went on with it. */
  sendHeld(key: string): Promise<boolean>

  /** Sends what waits and gets what is new, now, whatever the waits say. Resolves when there is nothing more to try. */
  syncNow(): Promise<void>

  /** Changes over to the newer version; drafts stay. */
  update(): void
}

/** Thrown for what a person can mend; the words name field, reason and mend. */
export class Refusal extends Error {
  readonly problem: Problem
  /** Of pin.wrong: tries left; of pin.wait: seconds. */
  readonly count?: number
  constructor(problem: Problem, count?: number) {
    super(problem.code)
    this.problem = problem
    this.count = count
  }
}
