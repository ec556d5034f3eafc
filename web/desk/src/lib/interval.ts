import { onBeforeUnmount, onMounted } from 'vue'

/** Does something every so many milliseconds as long as the page stands. */
export function every(milliseconds: number, action: () => void) {
  let timer: ReturnType<typeof setInterval> | undefined
  onMounted(() => (timer = setInterval(action, milliseconds)))
  onBeforeUnmount(() => clearInterval(timer))
}
