// One attempt to send a form: busy while it runs, and what the server refused beside the field that it names.
import { asProblem, type ProblemError } from '@tanfang/shared/api/problem'
import { ref } from 'vue'
import { useLanguage } from './language'

export function useSubmit() {
  const { language } = useLanguage()
  const busy = ref(false)
  const problem = ref<ProblemError | null>(null)

  /** Whether it was done. */
  async function submit(action: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    problem.value = null
    try {
      await action()
      return true
    } catch (error) {
      problem.value = asProblem(error)
      return false
    } finally {
      busy.value = false
    }
  }

  return {
    busy,
    problem,
    submit,
    fieldError: (name: string) => problem.value?.field(name, language.value),
    clear: () => (problem.value = null),
  }
}
