// One press, one deed: not twice at once, and what goes wrong is said.
import { ref, shallowRef } from 'vue'
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
