// The core in this browser.
import type { Core } from './core'
import { Phone } from './phone'
import { shrink } from './picture'
import { remember, remembered } from './remember'

async function room(): Promise<number | null> {
  const none = new Promise<null>((resolve) => setTimeout(resolve, 2000, null))
  const told = await Promise.race([navigator.storage?.estimate?.().catch(() => null), none])
  return told?.quota === undefined ? null : told.quota - (told.usage ?? 0)
}

/** Also where the database does not open, so that a bound phone does not look like a new one. */
function wasBound(bound?: true): boolean {
  if (bound) remember('tanfang-bound', '1')
  return remembered('tanfang-bound') !== null
}

export const core: Core = new Phone({
  database: 'tanfang',
  fetch: (address, how) => fetch(address, how),
  wasBound,
  now: () => Date.now(),
  later: (ms, call) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
  shrink,
  room,
})
