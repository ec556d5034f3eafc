// What is owed in an area in a month.
import { monthOf, today } from '@tanfang/shared/dates'
import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, body, type Schemas } from './api'
import { everyPage, fromCursor, type Part } from './pages'

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
    ...fromCursor(cursor),
  }
  const found = await body(api.GET('/plan/obligations', { params: { query } }))
  return { rows: found.obligations, next: found.next ?? null }
}

/** All that is owed in a village or town: a village fits on a page or two, a town on a dozen. */
export const owedQuery = (area: string, month: string) => ({
  queryKey: ['owed', area, month],
  queryFn: () => everyPage((cursor) => listObligations(area, month, '', cursor)),
  staleTime: month < monthOf(today()) ? 600_000 : 30_000,
  enabled: area !== '',
})

/** The month that the parts of the plan are about, in the address. */
export function usePlanMonth() {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => String(route.query.month ?? monthOf(today())),
    set: (month) =>
      void router.replace({ query: { ...route.query, month: month === monthOf(today()) ? undefined : month } }),
  })
}

export function useOpenMonths(county: Ref<string>) {
  return useQuery({
    queryKey: computed(() => ['months', county.value]),
    queryFn: () => body(api.GET('/plan/months', { params: { query: { county: county.value } } })),
    enabled: computed(() => county.value !== ''),
  })
}
