// How much the phone can still keep, so that it is said before it fails. Browsers do not say it truly any more (they add
// ten gigabytes to what is used); so something is kept aside, and given back when nothing else goes in.
import { random } from './bytes'
import type { View } from './core'
import type { Inside } from './inside'

const low = 30 * 1024 * 1024
const full = 5 * 1024 * 1024
/** For photos that still go in after the phone was said to be nearly full, and for records when no photo does. */
const aside = { photos: 3 * 1024 * 1024, records: 512 * 1024 }
type Aside = keyof typeof aside

/**
 * Over its share, a browser says quota; a disk without room is an error of its data, one that it has no name for, the end
 * of what was under way, or no answer.
 */
const fullNames = ['QuotaExceededError', 'DataError', 'UnknownError', 'AbortError', 'TimeoutError']
export const isFull = (error: unknown): boolean => error instanceof DOMException && fullNames.includes(error.name)

export const stateOf = (free: number | null): View['storage'] =>
  free === null || free >= low ? 'enough' : free >= full ? 'low' : 'full'

async function isAside(inside: Inside, name: Aside): Promise<boolean> {
  // A database that cannot be opened now keeps nothing aside.
  if (await inside.store.has('meta', `aside ${name}`).catch(() => false)) return true
  const bytes = new Uint8Array(aside[name])
  for (let i = 0; i < bytes.length; i += 65536) bytes.set(random(65536), i)
  const kept = inside.store.write([{ table: 'meta', key: `aside ${name}`, put: bytes.buffer }])
  return kept.then(
    () => true,
    () => false,
  )
}

/** `refused`: a photo was, just now. */
export async function lookAtRoom(inside: Inside, refused = false): Promise<void> {
  const told = stateOf(await inside.around.room())
  const records = !inside.device || (await isAside(inside, 'records'))
  const photos = !inside.device || (records && (await isAside(inside, 'photos')))
  const state = !records || (refused && !photos) ? 'full' : photos ? 'enough' : 'low'
  inside.view.storage = told === 'full' || state === 'full' ? 'full' : told === 'low' ? 'low' : state
}

/** Gives back what was kept aside; null where that was done before. */
async function giveBack(inside: Inside, name: Aside): Promise<true | null> {
  if (!(await inside.store.has('meta', `aside ${name}`).catch(() => false))) return null
  await inside.store.write([{ table: 'meta', key: `aside ${name}`, remove: true }])
  return true
}

/** Something small that must not fail: from what was kept aside for photos, then from what was for records. */
export const withAnyRoom = (inside: Inside, keep: () => Promise<void>, full?: () => Error): Promise<void> =>
  withRoom(inside, 'photos', keep)
    .catch((error: unknown) => {
      if (!isFull(error)) throw error
      return withRoom(inside, 'records', keep)
    })
    .catch((error: unknown) => {
      throw full && isFull(error) ? full() : error
    })

/** The browser takes a moment until it has what was given back. */
const moments = [0, 300, 1000, 3000]

/** Keeps a photo (never from what is kept for records) or a record. Rejects with QuotaExceededError. */
export async function withRoom(inside: Inside, what: Aside, keep: () => Promise<void>): Promise<void> {
  try {
    return await keep()
  } catch (error) {
    if (!isFull(error)) throw error
    const gave = await giveBack(inside, 'photos')
    const more = what === 'records' ? await giveBack(inside, 'records') : null
    if (what === 'records') await inside.outbox.prune(inside.around.now(), true)
    if (!gave && !more) throw error
  }
  for (const moment of moments) {
    await new Promise<void>((resolve) => void inside.around.later(moment, resolve))
    const done = await keep().then(
      () => true,
      (error: unknown) => {
        if (!isFull(error) || moment === moments[moments.length - 1]) throw error
        return false
      },
    )
    if (done) return
  }
}
