// Coverage of an area and month, and the months that are open.
import type { Schemas } from './api'
import { api, body } from './api'
import { monthOf, today } from '@tanfang/shared/dates'

/** The interface's figures with what the document leaves open. */
export interface Figures {
  area?: string
  name?: string
  tier?: string
  category?: string
  scheme_fulfilment: { owed: number; met: number; rate: number | null }
  monthly_visit_rate: { due: number; visited: number; rate: number | null }
  overdue: number
  declined: number
  suspended: number
  unknown: number
  refused_home_visit: number
  below_floor: number
}
export type Coverage = Figures & {
  month: string
  by_area: Figures[]
  by_tier: Figures[]
  by_category: Figures[]
  rounds: { round: string; last_day: string; owed: number; met: number }[]
  not_open: string[]
}
export type State = Schemas['CoverageState']

/** In which people are in the list: those, what sums some of them up, and what other figures count. */
export type ListedState = NonNullable<Schemas['ListFilter']['state']>
export const listedStates: ListedState[] = [
  'due',
  'open',
  'met',
  'owed',
  'overdue',
  'declined',
  'suspended',
  'unknown',
  'counted',
  'visited',
  'below_floor',
]

/** One colour and word each; in the order of the parts. */
export const states: State[] = ['met', 'owed', 'overdue', 'declined', 'suspended', 'unknown']

/** How many people are in a state. */
export function countOf(figures: Figures, state: State): number {
  const { owed, met } = figures.scheme_fulfilment
  if (state === 'met') return met
  if (state === 'owed') return owed - met - figures.overdue
  if (state === 'none') return 0
  return figures[state]
}

/** To how many people an extra round owes a visit, how many had theirs, and how many are left. */
export function roundCounts({ rounds }: Pick<Coverage, 'rounds'>, id: string) {
  // Where somebody's own days of it end earlier than the others', it is counted in several parts.
  const parts = rounds.filter(({ round }) => round === `round/${id}`)
  const sum = (key: 'owed' | 'met') => parts.reduce((all, part) => all + part[key], 0)
  return { owed: sum('owed'), met: sum('met'), open: sum('owed') - sum('met') }
}

/** A closed month's figures hardly move; the present one's do. */
export const coverageQuery = (area: string, month: string) => ({
  queryKey: ['coverage', area, month],
  queryFn: async () =>
    (await body(
      api.GET('/coverage', { params: { query: { ...(area ? { area } : {}), month } } }),
    )) as unknown as Coverage,
  staleTime: month < monthOf(today()) ? 3600_000 : 30_000,
})

export const percent = (rate: number | null | undefined) => (rate == null ? '—' : `${(rate * 100).toFixed(1)}%`)

/** The colours of the shades, from the worst to the best. */
export const shades = ['#f6cfc6', '#fbe3c2', '#f3efc7', '#d5ebcb', '#b3dcc0']

/** From 0 for the worst to 4 for the best; -1 where nothing is owed. */
export function shade(rate: number | null): number {
  if (rate === null) return -1
  return [0.5, 0.7, 0.85, 0.95].filter((limit) => rate >= limit).length
}
