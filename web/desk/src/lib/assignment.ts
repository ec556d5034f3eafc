// Visitors, whom they visit, and who can come where.
import { keepPreviousData, useQueries, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { api, body, type Schemas } from './api'
import { i18n } from './language'
import { everyPage, fromCursor, type Part } from './pages'

export type Visitor = Schemas['Visitor']
export type Assigned = Schemas['AssignedPerson']
export type Proposal = Schemas['Proposal']
export type Change = Proposal['changes'][number]
export type PartSum = Proposal['parts'][number]
export type Point = Schemas['AreaPointPage']['points'][number]
export type Gap = 'nobody' | 'far' | 'over'

interface VisitorQuery {
  county: string
  area?: string
  month?: string
  name?: string
  active_only?: boolean
  cursor?: string
  limit: number
}

export async function listVisitors({ name, ...query }: VisitorQuery): Promise<Part<Visitor>> {
  const { visitors, next } = await body(
    name ? api.POST('/visitors/search', { body: { name, ...query } }) : api.GET('/visitors', { params: { query } }),
  )
  return { rows: visitors, next }
}

/**
 * Who comes to these towns or villages, or visits somebody there: with the villages to which they come, and with a month
 * also the visits owed to those whom they visit. All pages are read, as who comes to a town is the town's measure.
 */
export function useVisitors(areas: Ref<readonly string[]>, month?: Ref<string>) {
  const found = useQueries({
    queries: computed(() =>
      areas.value.map((area) => ({
        queryKey: ['visitors', area, month?.value ?? ''],
        queryFn: () =>
          everyPage((cursor) =>
            listVisitors({
              county: area.slice(0, 6),
              area,
              ...(month ? { month: month.value } : {}),
              ...fromCursor(cursor),
            }),
          ),
      })),
    ),
  })
  const byId = computed(() => {
    const visitors = new Map<string, Visitor>()
    for (const each of found.value.flatMap(({ data }) => data ?? [])) {
      const comes = [...(visitors.get(each.id)?.comes ?? []), ...(each.comes ?? [])]
      visitors.set(each.id, { ...each, comes })
    }
    return visitors
  })
  return {
    byId,
    visitors: computed(() => [...byId.value.values()]),
    error: computed(() => found.value.find(({ error }) => error)?.error ?? null),
    refetch: () => Promise.all(found.value.map(({ refetch }) => refetch())),
    isSuccess: computed(() => found.value.every(({ isSuccess }) => isSuccess)),
    isError: computed(() => found.value.some(({ isError }) => isError)),
  }
}

/** At most so many are shown of those whose name one looks for. */
export const mostFound = 20

/** Those of a county who have it in their name, as far as they go still. */
export function useVisitorsNamed(county: Ref<string>, name: Ref<string>, month?: Ref<string>) {
  return useQuery({
    queryKey: computed(() => ['visitors', 'named', county.value, name.value, month?.value ?? '']),
    queryFn: () =>
      listVisitors({
        county: county.value,
        name: name.value,
        active_only: true,
        limit: mostFound,
        ...(month?.value ? { month: month.value } : {}),
      }),
    placeholderData: keepPreviousData,
    enabled: computed(() => county.value !== '' && name.value !== ''),
  })
}

export const nameOr = (name: string | null | undefined) => name ?? i18n.global.t('assignment.nobody')

/** Where the villages of a town lie, as far as it is known; all pages, as they are one town's. */
export function usePoints(town: Ref<string>) {
  const query = useQuery({
    queryKey: computed(() => ['points', town.value]),
    queryFn: () => everyPage((cursor) => listPoints({ area: town.value, ...fromCursor(cursor) })),
    enabled: computed(() => town.value.length >= 9),
  })
  return computed(() => new Map((query.data.value ?? []).map((point) => [point.area, point])))
}

/** Where an area lies; undefined where nobody said it. */
export const pointOf = async (area: string): Promise<Point | undefined> =>
  (await listPoints({ area, limit: 1 })).rows.find((point) => point.area === area)

async function listPoints(query: { area: string; cursor?: string; limit: number }): Promise<Part<Point>> {
  const { points, next } = await body(api.GET('/area-points', { params: { query } }))
  return { rows: points, next }
}

/** What is proposed for an area, in sums of what lies next below `within`. */
export const propose = (area: string, month: string, within = area) =>
  body(api.POST('/plan/proposals', { body: { area, month, within } }))

const changesAtOnce = 5000

/** The changes in one part of it, person by person. */
export const changesOf = (area: string, month: string, within: string): Promise<Change[]> =>
  everyPage((cursor) => changesFrom({ area, month, within, limit: changesAtOnce, ...(cursor ? { cursor } : {}) }))

/**
 * The changes in one part of a proposal that is shown. null where the server would propose something else by now: each
 * page is worked out anew, so each has to come to the same figures, and all of them to as many people as are shown.
 */
export async function shownChangesOf(
  asked: { area: string; month: string; within: string },
  shown: Pick<Proposal, 'before' | 'after'>,
  people: number,
): Promise<Change[] | null> {
  const figures = ({ before, after }: Pick<Proposal, 'before' | 'after'>) => JSON.stringify([before, after])
  let same = true
  const changes = await everyPage(async (cursor) => {
    const part = await changesFrom({ ...asked, limit: changesAtOnce, ...(cursor ? { cursor } : {}) })
    same &&= figures(part) === figures(shown)
    return same ? part : { rows: [], next: null }
  })
  return same && changes.length === people ? changes : null
}

async function changesFrom(asked: Schemas['ProposalAsked']) {
  const { changes, next, before, after } = await body(api.POST('/plan/proposals', { body: asked }))
  return { rows: changes, next, before, after }
}

/** Of a town or village, whose measure it is. */
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

export const comesTo = (visitor: Visitor, village: string): boolean => visitor.comes?.includes(village) ?? false

/** The villages that a visitor's file names. */
export const villagesOf = (visitor: Pick<Visitor, 'home' | 'villages'>): string[] =>
  [...new Set([visitor.home ?? '', ...(visitor.villages ?? [])])].filter((village) => village !== '')

/** Who is left without a visit by this assignment, and why; `listed` says that the list of visitors is there. */
export function gapOf(person: Assigned, byId: ReadonlyMap<string, Visitor>, listed: boolean): Gap | null {
  if (!person.visitor) return 'nobody'
  const visitor = byId.get(person.visitor)
  if (!visitor) return listed ? 'far' : null
  if (visitor.active === false) return 'nobody'
  if (!comesTo(visitor, person.village)) return 'far'
  return (visitor.visits ?? 0) > visitor.capacity ? 'over' : null
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
