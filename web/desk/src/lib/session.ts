// Who is signed in. When the server says that the session is over, calls wait here until the person has signed in again,
// so that nothing typed is lost.
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api, body, type Schemas } from './api'
import { queries } from './queries'

export type Session = Schemas['Session']
export type Permission = string

export const useSession = defineStore('session', () => {
  const me = ref<Session | null>(null)
  const expired = ref(false)
  let waiting: Promise<boolean> | null = null
  let settle: ((renewed: boolean) => void) | null = null

  const csrf = computed(() => me.value?.csrf ?? '')
  const may = (permission: Permission) => me.value?.permissions.includes(permission) ?? false

  function begin(session: Session) {
    const renewed = expired.value && me.value?.account === session.account
    if (me.value && me.value.account !== session.account) queries.clear()
    me.value = session
    expired.value = false
    settle?.(renewed)
    waiting = settle = null
  }

  /** The session of the browser's cookie; none where nobody is signed in. */
  async function load() {
    me.value = await body(api.GET('/session'))
  }

  /** For calls that were told that the session is over. */
  function renew(): Promise<boolean> {
    if (!me.value) return Promise.resolve(false)
    expired.value = true
    waiting ??= new Promise((resolve) => (settle = resolve))
    return waiting
  }

  function forget() {
    me.value = null
    expired.value = false
    queries.clear()
    settle?.(false)
    waiting = settle = null
  }

  async function signOut() {
    await api.DELETE('/session')
    forget()
  }

  return { me, expired, csrf, may, begin, load, renew, forget, signOut }
})
