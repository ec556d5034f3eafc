// What was just done, said once on the next screen.
import { shallowRef } from 'vue'

export const flash = shallowRef('')
let shown = false

export function say(text: string): void {
  flash.value = text
  shown = false
}

/** At each change of screen: what was said on the one before goes. */
export function turnPage(): void {
  if (shown) flash.value = ''
  shown = true
}
