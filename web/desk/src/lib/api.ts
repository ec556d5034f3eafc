// The desk's client of the interface. What it throws is always a ProblemError.
import { makeClient } from '@tanfang/shared/api/client'
import type { components } from '@tanfang/shared/api/schema'
import { queries } from './queries'
import { useSession } from './session'

export type Schemas = components['schemas']

export const keeper = { csrf: () => useSession().csrf, renew: () => useSession().renew() }

export const api = makeClient(keeper)

/** For the questions of whoever has no session: none waits until there is one. */
export const plain = makeClient({ csrf: () => '', renew: () => Promise.resolve(false) })

/** What neither a change nor a day makes another: kept however much is changed. */
const lasting = new Set(['area', 'manual', 'schemes', 'vocabulary', 'proposal', 'archive', 'attachment'])
const changes = ({ method, headers }: Request) =>
  ['PUT', 'PATCH', 'DELETE'].includes(method) || headers.has('Idempotency-Key')

// Whatever was read before a change is asked for again when it is shown next: no list tells what was so before.
api.use({
  onResponse: ({ request }) => {
    if (!changes(request)) return
    void queries.invalidateQueries({
      predicate: ({ queryKey: [name] }) => !lasting.has(String(name)),
      refetchType: 'none',
    })
  },
})

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
