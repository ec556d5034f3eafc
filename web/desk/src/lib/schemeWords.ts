// Words of tiers and categories, and titles of schemes, of this deployment.
import { listed } from '@tanfang/shared/marks'
import { categoryName, learn } from '@tanfang/shared/vocabulary'
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, body } from './api'
import { i18n, useLanguage } from './language'
import { useSession } from './session'

const long = { staleTime: 600_000 }

export function useSchemeWords() {
  const { language, pick } = useLanguage()
  const enabled = computed(() => useSession().may('schemes_read'))
  const list = useQuery({ queryKey: ['schemes'], queryFn: () => body(api.GET('/schemes')), enabled, ...long })
  const vocabulary = useQuery({
    queryKey: ['vocabulary'],
    queryFn: async () => {
      const found = await body(api.GET('/vocabulary'))
      learn(found.facts)
      return found
    },
    enabled,
    ...long,
  })
  const table = (part: 'tiers' | 'categories' | 'visitor_kinds') =>
    computed(() => new Map((vocabulary.data.value?.[part] ?? []).map((each) => [each.id, each.words])))
  const tiers = table('tiers')
  const categories = table('categories')
  const kinds = table('visitor_kinds')
  const nameOfCategory = (id: string) => pick(categories.value.get(id), categoryName(id, language.value))
  return {
    /** Why the schemes are not known, and asking again. */
    error: computed(() => list.error.value ?? vocabulary.error.value),
    retry: () => Promise.all([list.refetch(), vocabulary.refetch()]),
    schemes: computed(() => list.data.value?.schemes ?? []),
    schemeTitle: (id: string) => pick(list.data.value?.schemes.find((each) => each.id === id)?.title, id),
    /** A clause; that of another scheme by the scheme's short name instead of its id. */
    citeText: (cite: string | undefined) =>
      (cite ?? '').replace(/^[a-z]+-\d{4}(?= )/, (id) =>
        pick(list.data.value?.schemes.find((each) => each.id === id)?.short, id),
      ),
    tierName: (id: string | null | undefined) =>
      id && id !== 'none' ? pick(tiers.value.get(id), id) : i18n.global.t('tier.none'),
    tierCodes: computed(() => [...tiers.value.keys()]),
    kindName: (id: string) => pick(kinds.value.get(id), id),
    kindCodes: computed(() => [...kinds.value.keys()]),
    categoryName: nameOfCategory,
    categoryCodes: computed(() => [...categories.value.keys()]),
    categoriesText: (ids: string[] | undefined) => listed((ids ?? []).map(nameOfCategory), language.value),
  }
}
