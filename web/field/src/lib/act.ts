// One press, one deed: not twice at once, and what goes wrong is said.
import { nextTick, ref, shallowRef } from 'vue'
import type { Problem } from '../core/types'
import { problemOf } from './core'

export function useAct() {
  const busy = ref(false)
  const problem = shallowRef<Problem | null>(null)
  async function act(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = null
    try {
      await work()
      return true
    } catch (error) {
      problem.value = problemOf(error)
      return false
    } finally {
      busy.value = false
    }
  }
  return { busy, problem, act }
}

/** Up to the first field with a fault, so that its words are read. */
export async function showFault(): Promise<void> {
  await nextTick()
  const wrong = document.querySelector<HTMLElement>('[data-wrong]')
  wrong?.closest('details')?.setAttribute('open', '')
  wrong?.scrollIntoView({ block: 'center' })
  wrong?.querySelector<HTMLElement>('input, textarea, select, button')?.focus({ preventScroll: true })
}
