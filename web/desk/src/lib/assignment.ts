// Visitors, whom they visit, and who can come where.
import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, body, type Schemas } from './api'
import { useArea } from './area'
import { i18n } from './language'
import { everyPage, fromCursor } from './pages'

export type Visitor = Schemas['Visitor']
export type Assigned = Schemas['AssignedPerson']
export type Proposal = Schemas['Proposal']
export type Change = Proposal['changes'][number]
export type VillageSum = Proposal['villages'][number]
export type Point = Schemas['AreaPointPage']['points'][number]
export type Gap = 'nobody' | 'far' | 'over'

/** The visitors of the county that is looked at; with a month also the visits owed to those whom they visit. */
export function useVisitors(month?: Ref<string>) {
  const { county } = useArea()
  const query = useQuery({
    queryKey: computed(() => ['visitors', county.value, month?.value ?? '']),
    queryFn: () =>
      everyPage(async (cursor) => {
        const query = { county: county.value, ...(month ? { month: month.value } : {}), ...fromCursor(cursor) }
        const { visitors, next } = await body(api.GET('/visitors', { params: { query } }))
        return { rows: visitors, next }
      }),
    placeholderData: keepPreviousData,
    enabled: computed(() => county.value !== ''),
  })
  const visitors = computed(() => query.data.value ?? [])
  const byId = computed(() => new Map(visitors.value.map((visitor) => [visitor.id, visitor])))
  return {
    query,
    visitors,
    byId,
    name: (id: string | null | undefined) =>
      id ? (byId.value.get(id)?.name ?? id) : i18n.global.t('assignment.nobody'),
  }
}

/** Where the areas of a county lie, as far as it is known. */
export function usePoints(county: Ref<string>) {
  // A town or village office asks for its own part of the county.
  const { own } = useArea()
  const area = computed(() => (own.value.length > 6 ? own.value : county.value))
  const query = useQuery({
    queryKey: computed(() => ['points', area.value]),
    queryFn: () => pointsOf(area.value),
    enabled: computed(() => area.value !== ''),
  })
  return computed(() => new Map((query.data.value ?? []).map((point) => [point.area, point])))
}

/** All of an area, page by page. */
async function pointsOf(area: string): Promise<Point[]> {
  const points: Point[] = []
  let cursor: string | null = null
  do {
    const query = { area, limit: 200, ...(cursor ? { cursor } : {}) }
    const page: Schemas['AreaPointPage'] = await body(api.GET('/area-points', { params: { query } }))
    points.push(...page.points)
    cursor = page.next
  } while (cursor)
  return points
}

/** What is proposed: summed by village, and person by person for the villages named. */
export const propose = (area: string, month: string, villages: readonly string[] = []) =>
  body(api.POST('/plan/proposals', { body: { area, month, villages: [...villages] } }))

const villagesAtOnce = 50

/** The changes of these villages, person by person, some villages at a time. */
export async function changesOf(area: string, month: string, villages: readonly string[]): Promise<Change[]> {
  const changes: Change[] = []
  for (let i = 0; i < villages.length; i += villagesAtOnce)
    changes.push(...(await propose(area, month, villages.slice(i, i + villagesAtOnce))).changes)
  return changes
}

export const listAssigned = (area: string, month: string) =>
  everyPage(async (cursor) => {
    const query = { area, month, ...fromCursor(cursor) }
    const { assignments, next } = await body(api.GET('/plan/assignments', { params: { query } }))
    return { rows: assignments as Assigned[], next }
  })

export const assignedQuery = (area: string, month: string) => ({
  queryKey: ['assigned', area, month],
  queryFn: () => listAssigned(area, month),
  enabled: area.length >= 9,
})

const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Metres between two points on a sphere of the earth's mean radius. */
export function metresBetween(one: Point, other: Point): number {
  const across = Math.sin(radians(other.latitude - one.latitude) / 2)
  const along = Math.sin(radians(other.longitude - one.longitude) / 2)
  const chord = across ** 2 + Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * along ** 2
  return 2 * 6_371_000 * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/** Whether a visitor comes to a village: their home, one named, or near enough to home. */
export function comesTo(visitor: Visitor, village: string, points: ReadonlyMap<string, Point>): boolean {
  if (visitor.home === village || visitor.villages?.includes(village)) return true
  const home = visitor.radius_metres ? points.get(visitor.home ?? '') : undefined
  const there = points.get(village)
  return home !== undefined && there !== undefined && metresBetween(home, there) <= visitor.radius_metres!
}

/** The villages that a visitor's file names. */
export const villagesOf = (visitor: Visitor): string[] =>
  [...new Set([visitor.home ?? '', ...(visitor.villages ?? [])])].filter((village) => village !== '')

/** Who is left without a visit by this assignment, and why. */
export function gapOf(
  person: Assigned,
  byId: ReadonlyMap<string, Visitor>,
  loads: ReadonlyMap<string, number>,
  points: ReadonlyMap<string, Point>,
): Gap | null {
  const visitor = person.visitor ? byId.get(person.visitor) : undefined
  if (!visitor || visitor.active === false) return 'nobody'
  if (!comesTo(visitor, person.village, points)) return 'far'
  return (loads.get(visitor.id) ?? 0) > visitor.capacity ? 'over' : null
}

/** Rows by what `key` says of them, in the order of their first. */
export function groupBy<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const group = groups.get(key(row))
    if (group) group.push(row)
    else groups.set(key(row), [row])
  }
  return groups
}
