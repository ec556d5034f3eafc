// The way to the server. An answer that is not the server's own, such as the sign-in page of a wireless network, counts
// as none.
import { busy, problemOf, unreachable } from './problems'
import type { Problem } from './types'

export interface Answer {
  /** 0 where there was none. */
  status: number
  body: unknown
  problem: Problem
  /** Seconds that the server wants to be left alone. */
  after: number
}

/** A minute, and as long as a slow network takes: two bytes a millisecond. */
const patience = (bytes: number) => 60_000 + bytes / 2

async function read(response: Response): Promise<Answer> {
  const after = Number(response.headers.get('retry-after')) || 0
  const body: unknown = await response.json().catch(() => null)
  const problem = problemOf(body) ?? busy
  // Without a problem of its own, a refusal came from somebody in between.
  const status = response.ok || problem !== busy ? response.status : 503
  return { status: response.ok && body === null ? 503 : status, body, problem, after }
}

export async function ask(
  send: typeof fetch,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  given?: unknown,
  control = new AbortController(),
): Promise<Answer> {
  const body = given === undefined ? undefined : JSON.stringify(given)
  const timer = setTimeout(() => control.abort(), patience(body?.length ?? 0))
  // Browsers that cannot break a request off have no other end of it.
  const ended = new Promise<never>((_, end) => (control.signal.onabort = end))
  try {
    const answer = send(`/api/v1${path}`, {
      method,
      headers: body === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
      body,
      signal: typeof AbortSignal === 'function' && control.signal instanceof AbortSignal ? control.signal : null,
      credentials: 'same-origin',
      cache: 'no-store',
      redirect: 'error',
    })
    const response = await Promise.race([answer, ended])
    if (response.status === 204) return { status: 204, body: null, problem: busy, after: 0 }
    return await Promise.race([read(response), ended])
  } catch {
    return { status: 0, body: null, problem: unreachable, after: 0 }
  } finally {
    clearTimeout(timer)
  }
}

/** Whether the same may be answered otherwise later: no answer, too busy, failed, or a sign-in that is missing. */
export const isForLater = ({ status }: Answer): boolean =>
  status < 200 || status >= 500 || [401, 403, 408, 425, 429].includes(status)
