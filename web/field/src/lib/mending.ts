// What was refused is opened on its own screen as it was typed, and the server's reason stands at its field.
import { computed } from 'vue'
import type { Contents, Problem, RecordKind } from '../core/types'
import { place } from './route'
import { pick } from './words'

interface Mending {
  key: string
  /** Of the screen that it is written on. */
  path: string
  content: Contents[RecordKind]
  problem?: Problem
}
let next: Mending | null = null

export function mendNext(mending: Mending): void {
  next = mending
}

/** For the screen that was opened for it, once; anywhere else nothing is refused. */
export function useMending<K extends RecordKind>() {
  const mending = next?.path === place.value?.path ? next : null
  next = null
  const { field, words } = mending?.problem ?? {}
  const named = field?.replace(/.*\./, '')
  let stands = false

  /** The reason, where it is about one of these, until the field is another one than was refused. */
  function faultAt(names: readonly string[], value: () => unknown) {
    const was = JSON.stringify(value())
    const meant = words && named !== undefined && names.includes(named)
    stands ||= !!meant
    return computed(() => (meant && JSON.stringify(value()) === was ? pick(words) : ''))
  }
  return {
    mends: mending?.key,
    had: mending?.content as Contents[K] | undefined,
    faultAt,
    /** The reason, where no field of the screen is meant. */
    reason: () => (stands ? null : mending?.problem),
  }
}
