// Words of tiers and categories, which schemes give themselves: of those that may hold in the area.
import { categoryName } from '@tanfang/shared/vocabulary'
import { useQueries, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, body } from './api'
import { useArea } from './area'
import { i18n, useLanguage } from './language'
import { useSession } from './session'

interface Labelled {
  id: string
  text: { zh: string; en: string }
}
export interface SchemeText {
  id: string
  title: { zh: string; en: string }
  tiers: Labelled[]
  categories: Labelled[]
}

export const schemeQuery = (id: string) => ({
  queryKey: ['scheme', id],
  queryFn: async () =>
    (await body(api.GET('/schemes/{scheme}', { params: { path: { scheme: id } } }))) as unknown as SchemeText,
  staleTime: 600_000,
})

export function useSchemeWords() {
  const { language, pick } = useLanguage()
  const { own } = useArea()
  const enabled = computed(() => useSession().may('schemes_read'))
  const list = useQuery({
    queryKey: ['schemes'],
    queryFn: () => body(api.GET('/schemes')),
    staleTime: 600_000,
    enabled,
  })
  // The nearest last, so that its words win.
  const near = computed(() =>
    (list.data.value?.schemes ?? [])
      .filter(({ area = '' }) => area.startsWith(own.value) || own.value.startsWith(area))
      .sort((a, b) => (a.area ?? '').length - (b.area ?? '').length),
  )
  const files = useQueries({ queries: computed(() => near.value.map((each) => schemeQuery(String(each.id)))) })
  const table = (part: 'tiers' | 'categories') =>
    computed(
      () =>
        new Map(files.value.flatMap((file) => (file.data?.[part] ?? []).map((each) => [each.id, each.text] as const))),
    )
  const tiers = table('tiers')
  const categories = table('categories')
  return {
    schemes: near,
    schemeTitle: (id: string) => pick(list.data.value?.schemes.find((each) => each.id === id)?.title, id),
    tierName: (id: string | null | undefined) =>
      id && id !== 'none' ? pick(tiers.value.get(id), id) : i18n.global.t('tier.none'),
    tierCodes: computed(() => [...tiers.value.keys()]),
    categoryName: (id: string) => pick(categories.value.get(id), categoryName(id, language.value)),
    categoriesText: (ids: string[] | undefined) =>
      (ids ?? [])
        .map((id) => pick(categories.value.get(id), categoryName(id, language.value)))
        .join(language.value === 'zh' ? '、' : ', '),
  }
}
