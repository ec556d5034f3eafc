// The core in this browser.
import type { Core } from './core'
import { Phone } from './phone'
import { shrink } from './picture'

async function room(): Promise<number | null> {
  const told = await navigator.storage?.estimate?.().catch(() => null)
  return told?.quota === undefined ? null : told.quota - (told.usage ?? 0)
}

export const core: Core = new Phone({
  database: 'tanfang',
  fetch: (address, how) => fetch(address, how),
  now: () => Date.now(),
  later: (ms, call) => {
    const timer = setTimeout(call, ms)
    return () => clearTimeout(timer)
  },
  random: () => Math.random(),
  shrink,
  room,
})
