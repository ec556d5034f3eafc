// Who appoints whom, and at which levels the area of a role lies, as the server says it.
import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { api, body, type Schemas } from './api'
import { i18n } from './language'
import { useSession } from './session'

export type Role = Schemas['Role']

export function useRoles() {
  const session = useSession()
  const query = useQuery({ queryKey: ['roles'], queryFn: () => body(api.GET('/roles')), staleTime: Infinity })
  const all = computed(() => query.data.value?.roles ?? [])
  const find = (role: string | undefined) => all.value.find((each) => each.role === role)
  const mine = computed(() => find(session.me?.role)?.appoints ?? [])
  return {
    codes: computed(() => all.value.map((each) => each.role)),
    /** Those whose accounts whoever is signed in makes and changes. */
    mine,
    /** The levels of a role's area in words. */
    levels: (role: string | undefined) =>
      (find(role)?.levels ?? []).map((level) => i18n.global.t(`level.${level}`)).join(i18n.global.t('or')),
  }
}
