// Short words about what was just done; read aloud by screen readers.
import { ref } from 'vue'

export const said = ref<{ id: number; text: string }[]>([])
let last = 0

export function notify(text: string) {
  const id = ++last
  said.value.push({ id, text })
  setTimeout(() => (said.value = said.value.filter((each) => each.id !== id)), 5000)
}
