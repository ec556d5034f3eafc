// What is typed, once the typing rests: nothing is asked letter by letter.
import { computed, onScopeDispose, ref, watch, type Ref } from 'vue'

export function useRested(typed: Ref<string>, wait = 300) {
  const rested = ref(typed.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(typed, (text) => {
    clearTimeout(timer)
    timer = setTimeout(() => (rested.value = text), wait)
  })
  onScopeDispose(() => clearTimeout(timer))
  return { rested, resting: computed(() => rested.value === typed.value) }
}
