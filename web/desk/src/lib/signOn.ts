// Signing on through a county's own platform: the browser leaves the desk, and comes back signed in or refused.
import { api, body } from './api'

const kept = 'tanfang.after-sign-on'

/** Codes that the server sends back, each with words of its own; the dot is no part of a word's name. */
export const refusals = [
  'sign_on.off',
  'sign_on.busy',
  'sign_on.unreachable',
  'sign_on.declined',
  'sign_on.token',
  'sign_on.other_account',
  'identity.sign_in_refused',
  'identity.sign_on_over',
  'identity.link_taken',
]

export const refusalKey = (code: string) =>
  `signOn.refused.${refusals.includes(code) ? code.replace('.', '_') : 'other'}`

/** Leaves for the platform, to sign in or to link who is signed in; `next` is the page to come back to. */
export async function leaveForPlatform(route: '/sign-on' | '/session/sign-on', next: string): Promise<void> {
  const { location } = await body(api.POST(route))
  sessionStorage.setItem(kept, next)
  window.location.assign(location)
}

/** Where somebody who was at the platform wanted to go; asked once. */
export function takeDestination(): string | null {
  const next = sessionStorage.getItem(kept)
  sessionStorage.removeItem(kept)
  return next
}
