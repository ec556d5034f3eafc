// The desk's client of the interface. What it throws is always a ProblemError.
import { makeClient } from '@tanfang/shared/api/client'
import type { components } from '@tanfang/shared/api/schema'
import { useSession } from './session'

export type Schemas = components['schemas']

export const keeper = { csrf: () => useSession().csrf, renew: () => useSession().renew() }

export const api = makeClient(keeper)

/** The answer's body; only for routes that answer with one. */
export async function body<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T
}

/** Of one attempt to change something: sent again, it changes nothing. */
export const freshKey = () => crypto.randomUUID()

/**
 * One key for as long as the same is asked and nothing came back: where the answer with a link was lost on the way, asking
 * again shows the same link and makes no other.
 */
export function keptKey() {
  let key = ''
  let asked = ''
  return {
    of(content: unknown) {
      const text = JSON.stringify(content)
      if (text !== asked || key === '') key = freshKey()
      asked = text
      return key
    },
    done: () => (key = ''),
  }
}
