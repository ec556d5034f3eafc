// The area that the screens are about: in the address, so that a link shows the same; never wider than one's own.
import { useQueries, useQuery } from '@tanstack/vue-query'
import { computed, type Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { api, body } from './api'
import { useSession } from './session'

const ages = { staleTime: Infinity, gcTime: Infinity }

const areaQuery = (code: string) => ({
  queryKey: ['area', code],
  queryFn: () =>
    code === '' ? body(api.GET('/areas')) : body(api.GET('/areas/{area}', { params: { path: { area: code } } })),
  ...ages,
})

export function useArea() {
  const route = useRoute()
  const router = useRouter()
  const session = useSession()
  const own = computed(() => session.me?.area ?? '')
  const area = computed(() => {
    const asked = String(route.query.area ?? '')
    return asked.startsWith(own.value) && asked !== '' ? asked : own.value
  })
  return {
    own,
    area,
    /** The county it lies in; '' above counties. */
    county: computed(() => (area.value.length >= 6 ? area.value.slice(0, 6) : '')),
    isVillage: computed(() => area.value.length === 12),
    enter: (code: string) => router.push({ query: { ...route.query, area: code === own.value ? undefined : code } }),
  }
}

/** An area with those above and next below it. */
export function useAreaFile(code: Ref<string>) {
  return useQuery(computed(() => areaQuery(code.value)))
}

const above: Record<number, number> = { 12: 9, 9: 6, 6: 4, 4: 2, 2: 0 }

/** Names of villages and towns in a list: one request for each area above them, kept for good. */
export function useAreaNames(codes: Ref<string[]>) {
  const parents = computed(() => [...new Set(codes.value.map((code) => code.slice(0, above[code.length] ?? 0)))])
  const found = useQueries({ queries: computed(() => parents.value.map(areaQuery)) })
  return computed(() => {
    const names: Record<string, string> = {}
    for (const each of found.value) {
      const file = each.data
      if (!file) continue
      names[file.code] = file.name
      for (const below of file.below) names[below.code] = below.name
    }
    return names
  })
}
