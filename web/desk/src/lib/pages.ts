// A list that the server gives page by page: where one is, and the way back.
import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, ref, watch, type Ref } from 'vue'
import { useArea } from './area'

export interface Part<T> {
  rows: T[]
  next: string | null
}

/** The rows of all pages: only for what does not grow with the county, such as a town's month or a person's life. */
export async function everyPage<T>(load: (cursor?: string) => Promise<Part<T>>): Promise<T[]> {
  const rows: T[] = []
  let cursor: string | undefined
  do {
    const part = await load(cursor)
    rows.push(...part.rows)
    cursor = part.next ?? undefined
  } while (cursor)
  return rows
}

/** What a query asks for from there on, by the longest pages that there are. */
export const fromCursor = (cursor?: string) => ({ limit: 200, ...(cursor ? { cursor } : {}) })

/** `key` names what is listed; when it changes the list begins anew. */
export function usePages<T>(
  key: Ref<readonly unknown[]>,
  load: (cursor?: string) => Promise<Part<T>>,
  enabled: Ref<boolean> = ref(true),
) {
  const cursors = ref<string[]>([])
  watch(
    () => JSON.stringify(key.value),
    () => (cursors.value = []),
  )
  const query = useQuery({
    queryKey: computed(() => [...key.value, cursors.value.at(-1) ?? '']),
    queryFn: () => load(cursors.value.at(-1)),
    placeholderData: keepPreviousData,
    enabled,
  })
  const next = computed(() => query.data.value?.next ?? null)
  return {
    rows: computed(() => query.data.value?.rows ?? []),
    loading: query.isFetching,
    error: query.error,
    refresh: query.refetch,
    number: computed(() => cursors.value.length + 1),
    hasNext: computed(() => next.value !== null),
    forward: () => next.value && cursors.value.push(next.value),
    back: () => cursors.value.pop(),
  }
}

export interface AreaQuery {
  area?: string
  cursor?: string
  limit: number
}

/** Such a list of the area that the screens are about; `part` tells several of one name apart. */
export function useAreaPages<T>(name: string, load: (query: AreaQuery) => Promise<Part<T>>, part = '') {
  const { area } = useArea()
  return usePages<T>(
    computed(() => [name, area.value, part]),
    (cursor) => load({ ...(area.value ? { area: area.value } : {}), ...(cursor ? { cursor } : {}), limit: 100 }),
  )
}

export type Pages<T> = ReturnType<typeof usePages<T>>
