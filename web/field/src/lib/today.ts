// Whom to see, in which order, and how it stands with each; pure.
import type { Draft, OutboxItem } from '../core/core'
import type { BundlePerson, Obligation, Words } from '../core/types'
import { daysBetween } from './days'

export interface Point {
  latitude: number
  longitude: number
}
/**
 * refused: the server did not take the record; waiting: it is safe on the phone; done: received, or met before;
 * missed: nobody was home; begun: there is a draft; open: still to do.
 */
export type Mark = 'refused' | 'begun' | 'missed' | 'open' | 'waiting' | 'done'
export type Group = 'mend' | 'overdue' | 'due' | 'later' | 'done'

export interface Line {
  person: BundlePerson
  /** The open one that is due first, else the one that was met last. */
  obligation: Obligation | undefined
  mark: Mark
  group: Group
  due: string
  /** Metres from here, where both are known. */
  distance: number | undefined
}

const tiers = ['key', 'secondary', 'general']
const rank = (person: BundlePerson) => {
  const at = tiers.indexOf(person.tier.id)
  return at < 0 ? tiers.length : at
}

/** Metres over the ground, good enough for a village. */
export function metresBetween(one: Point, other: Point): number {
  const radians = Math.PI / 180
  const north = (other.latitude - one.latitude) * radians
  const east = (other.longitude - one.longitude) * radians * Math.cos(one.latitude * radians)
  return Math.round(Math.hypot(north, east) * 6_371_000)
}

export const isOpen = (owed: Obligation) => owed.state === 'owed' || owed.state === 'overdue'

/** The open obligation that is due first; what has not begun comes after what has. */
export function nextOwed(person: BundlePerson, today: string): Obligation | undefined {
  const open = person.obligations.filter((owed) => isOpen(owed) && owed.first_day <= today)
  return open.sort((a, b) => (a.due_day < b.due_day ? -1 : a.due_day > b.due_day ? 1 : 0))[0]
}

/** Categories: what `why` holds besides what is owed. */
export const categoriesOf = (person: BundlePerson): Words[] =>
  person.why.filter(({ zh }) => !person.obligations.some((owed) => owed.why?.zh === zh))

/** Why somebody is to be seen: what is due by the phone's own day, which may be later than the server's was. */
export function whyNow(person: BundlePerson, obligation: Obligation | undefined): Words[] {
  const due = obligation && isOpen(obligation) ? obligation.why : undefined
  return due ? [due, ...categoriesOf(person)] : categoriesOf(person)
}

const isMet = (owed: Obligation, today: string) =>
  owed.state === 'met' && owed.first_day <= today && today <= owed.last_day

/** The newest record of the phone about a person since a day. */
function ownRecord(outbox: readonly OutboxItem[], person: string, since: string): OutboxItem | undefined {
  return outbox.find(
    (item) => item.kind === 'visit' && item.about?.person === person && item.about.at.slice(0, 10) >= since,
  )
}

function markOf(record: OutboxItem | undefined, drafted: boolean, missed: boolean): Mark {
  if (record?.state === 'refused') return 'refused'
  if (drafted) return 'begun'
  if (record && record.about?.outcome !== 'met') return 'missed'
  if (record) return record.state === 'received' ? 'done' : 'waiting'
  return missed ? 'missed' : 'open'
}

const soon = 7
function groupOf(mark: Mark, due: string, today: string): Group {
  if (mark === 'refused') return 'mend'
  if (mark === 'waiting' || mark === 'done') return 'done'
  const left = daysBetween(today, due)
  return left < 0 ? 'overdue' : left <= soon ? 'due' : 'later'
}

interface Known {
  people: readonly BundlePerson[]
  outbox: readonly OutboxItem[]
  drafts: readonly Draft[]
}

function lineOf(person: BundlePerson, known: Known, today: string, here: Point | undefined): Line | undefined {
  const owed = nextOwed(person, today)
  const met = person.obligations.filter((each) => isMet(each, today)).pop()
  const obligation = owed ?? met
  const own = ownRecord(known.outbox, person.id, obligation?.first_day ?? today)
  // What the server has counted is in the obligation already: where that is still owed, there is more to do.
  const record = owed && own?.counted && own.about?.outcome === 'met' ? undefined : own
  if (!obligation && !record) return undefined
  const drafted = known.drafts.some((draft) => draft.kind === 'visit' && draft.person === person.id)
  const newest = person.recent[0]
  const missed =
    newest !== undefined && newest.outcome !== 'met' && newest.at.slice(0, 10) >= (owed?.first_day ?? today)
  const isDone = !owed && met !== undefined && record?.state !== 'refused' && !drafted
  const mark = isDone ? (record && record.state !== 'received' ? 'waiting' : 'done') : markOf(record, drafted, missed)
  const due = obligation?.due_day ?? today
  const distance = here && person.point ? metresBetween(here, person.point) : undefined
  return { person, obligation, mark, group: groupOf(mark, due, today), due, distance }
}

const groups: Group[] = ['mend', 'overdue', 'due', 'later', 'done']
const far = Number.MAX_SAFE_INTEGER
const { compare } = new Intl.Collator('zh-CN-u-co-pinyin')

/** What is to be mended, what is overdue, then by due day, tier, nearness and name. */
function order(a: Line, b: Line): number {
  return (
    groups.indexOf(a.group) - groups.indexOf(b.group) ||
    (a.due < b.due ? -1 : a.due > b.due ? 1 : 0) ||
    rank(a.person) - rank(b.person) ||
    (a.distance ?? far) - (b.distance ?? far) ||
    compare(a.person.village.name, b.person.village.name) ||
    compare(a.person.name, b.person.name)
  )
}

export function linesOf(known: Known, today: string, here?: Point): Line[] {
  return known.people
    .map((person) => lineOf(person, known, today, here))
    .filter((line): line is Line => line !== undefined)
    .sort(order)
}

/** Fetched in a month before this one, and nothing of this month is on it: whoever is not shown may be owed a visit. */
export const isOfLastMonth = (people: readonly BundlePerson[], fetched: string | null, today: string): boolean =>
  fetched !== null &&
  fetched < today.slice(0, 7) &&
  !people.some(({ obligations }) => obligations.some(({ first_day }) => first_day >= today.slice(0, 7)))

/** Rounded as one says it. */
export function distanceText(metres: number): { unit: 'metres' | 'km'; count: string } {
  return metres < 1000
    ? { unit: 'metres', count: String(Math.max(10, Math.round(metres / 10) * 10)) }
    : { unit: 'km', count: (metres / 1000).toFixed(metres < 10_000 ? 1 : 0) }
}
