// What was just done, said once on the next screen.
import { shallowRef } from 'vue'

export const flash = shallowRef('')
/** Somebody has to do something about it. */
export const warned = shallowRef(false)
let shown = false

export function say(text: string, warns = false): void {
  flash.value = text
  warned.value = warns
  shown = false
}

/** At each change of screen: what was said on the one before goes. */
export function turnPage(): void {
  if (shown) flash.value = ''
  shown = true
}
