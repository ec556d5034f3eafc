// How much the phone can still keep, so that it is said before it fails.
import { random } from './bytes'
import type { View } from './core'
import type { Inside } from './inside'

const low = 30 * 1024 * 1024
const full = 5 * 1024 * 1024
const ballast = 256 * 1024

export const isFull = (error: unknown): boolean => error instanceof DOMException && error.name === 'QuotaExceededError'

export const stateOf = (free: number | null): View['storage'] =>
  free === null || free >= low ? 'enough' : free >= full ? 'low' : 'full'

/** Looks how much is free, and keeps a little aside that a last record can have. */
export async function lookAtRoom(inside: Inside): Promise<void> {
  const free = await inside.around.room()
  inside.view.storage = stateOf(free)
  if (inside.view.storage !== 'enough' || !inside.device || (await inside.store.get('meta', 'ballast'))) return
  const bytes = new Uint8Array(ballast)
  for (let i = 0; i < ballast; i += 65536) bytes.set(random(65536), i)
  await inside.store.write([{ table: 'meta', key: 'ballast', put: bytes.buffer }]).catch(() => undefined)
}

/** What can go without loss: what the server has, and what was kept aside. */
export async function makeRoom(inside: Inside): Promise<void> {
  await inside.store.write([{ table: 'meta', key: 'ballast', remove: true }])
  await inside.outbox.prune(inside.around.now(), true)
}
