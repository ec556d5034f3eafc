// What is owed in a town or village in a month, each with the visitor who makes it.
import { useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { useArea } from './area'
import { assignedQuery, type Assigned } from './assignment'
import { owedQuery, type Obligation } from './plan'

export type OwedVisit = Obligation & Pick<Assigned, 'visitor' | 'visitor_name' | 'visitor_kind'>

const nobody = { visitor: null, visitor_name: null, visitor_kind: null }

export function useAssignedMonth(month: Ref<string>) {
  const { area } = useArea()
  const near = computed(() => (area.value.length >= 9 ? area.value : ''))
  const assigned = useQuery(computed(() => assignedQuery(near.value, month.value)))
  const owed = useQuery(computed(() => owedQuery(near.value, month.value)))
  const visitorOf = computed(
    () =>
      new Map(
        (assigned.data.value ?? []).map(({ person, visitor, visitor_name, visitor_kind }) => [
          person,
          { visitor, visitor_name, visitor_kind },
        ]),
      ),
  )
  return {
    loading: computed(() => assigned.isFetching.value || owed.isFetching.value),
    error: computed(() => assigned.error.value ?? owed.error.value),
    retry: () => Promise.all([assigned.refetch(), owed.refetch()]),
    rows: computed<OwedVisit[]>(() =>
      (owed.data.value ?? []).map((each) => ({ ...each, ...(visitorOf.value.get(each.person ?? '') ?? nobody) })),
    ),
  }
}
