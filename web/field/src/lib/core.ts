// The core that the screens talk to: the phone's own, or while training one that keeps and sends nothing.
import { shallowRef } from 'vue'
import { Refusal, type Core } from '../core/core'
import type { Problem } from '../core/types'

const current = shallowRef<Core>()
let own: Core | undefined

export function useCore(): Core {
  if (!current.value) throw new Error('no core was given')
  return current.value
}

export function giveCore(core: Core): void {
  own = core
  current.value = core
}

/** Screens are made anew by whoever shows them: see the key in App. */
export async function train(on: boolean): Promise<void> {
  if (on) current.value = (await import('../training/core')).createTrainingCore()
  else if (own) current.value = own
}

const unknown: Problem = {
  code: 'unknown',
  words: { zh: '没有成功，请再试一次。', en: 'That did not work. Please try again.' },
}

/** What went wrong, in words that a person can act on; the rest goes to the browser's console too. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Refusal) return error.problem
  console.error(error)
  return unknown
}
