// What is owed in a village or town in a month.
import { monthOf, today } from '@tanfang/shared/dates'
import { api, body } from './api'

export const obligationsQuery = (area: string, month: string) => ({
  queryKey: ['obligations', area, month],
  queryFn: async () => (await body(api.GET('/plan/obligations', { params: { query: { area, month } } }))).obligations,
  staleTime: month < monthOf(today()) ? 600_000 : 30_000,
  enabled: area.length >= 9,
})
