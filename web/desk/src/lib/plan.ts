// What is owed in an area in a month.
import { monthOf, today } from '@tanfang/shared/dates'
import { api, body, type Schemas } from './api'
import type { Part } from './pages'

export type Obligation = Schemas['ObligationPage']['obligations'][number]
export const owedStates = ['owed', 'met', 'overdue', 'suspended', 'declined'] as const

export async function listObligations(
  area: string,
  month: string,
  state: string,
  cursor?: string,
): Promise<Part<Obligation>> {
  const query = {
    area,
    month,
    ...(state ? { state: state as (typeof owedStates)[number] } : {}),
    ...(cursor ? { cursor } : {}),
    limit: 200,
  }
  const found = await body(api.GET('/plan/obligations', { params: { query } }))
  return { rows: found.obligations, next: found.next ?? null }
}

/** All that is owed in a village, for a person's calendar: a village fits on a few pages. */
export const villageQuery = (village: string, month: string) => ({
  queryKey: ['village-obligations', village, month],
  queryFn: async () => {
    const rows: Obligation[] = []
    let cursor: string | undefined
    do {
      const part = await listObligations(village, month, '', cursor)
      rows.push(...part.rows)
      cursor = part.next ?? undefined
    } while (cursor)
    return rows
  },
  staleTime: month < monthOf(today()) ? 600_000 : 30_000,
  enabled: village !== '',
})
