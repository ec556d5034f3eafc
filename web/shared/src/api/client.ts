// The one way to the server: typed calls, the proof against other sites, and an expired session that is renewed in place.
import createClient from 'openapi-fetch'
import { ProblemError, unexplained, unreachable, type Problem } from './problem'
import type { paths } from './schema'

export interface SessionKeeper {
  /** Sent with every change. */
  csrf(): string
  /** Asks the person to sign in again; resolves to whether they did. */
  renew(): Promise<boolean>
}

const safe = new Set(['GET', 'HEAD'])

async function problemOf(response: Response): Promise<ProblemError> {
  try {
    const body = (await response.json()) as Problem
    if (typeof body.code === 'string') return new ProblemError(body)
  } catch {
    // Not the server's own words.
  }
  return unexplained(response.status)
}

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch {
    throw unreachable()
  }
}

/** A `fetch` that throws what the server refuses; a call that finds the session over waits for the next one. */
export function makeFetch(keeper: SessionKeeper): (request: Request) => Promise<Response> {
  const prove = (request: Request) => {
    if (!safe.has(request.method)) request.headers.set('X-CSRF-Token', keeper.csrf())
    return request
  }
  return async (request) => {
    const again = request.clone()
    const response = await send(prove(request))
    if (response.ok) return response
    const problem = await problemOf(response)
    if (problem.code !== 'session.needed' || !(await keeper.renew())) throw problem
    const second = await send(prove(again))
    if (!second.ok) throw await problemOf(second)
    return second
  }
}

/** `origin` is given where there is no page whose own it could be. */
export function makeClient(keeper: SessionKeeper, origin = '') {
  return createClient<paths>({ baseUrl: `${origin}/api/v1`, fetch: makeFetch(keeper) })
}
