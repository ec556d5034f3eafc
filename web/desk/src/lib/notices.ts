// Emergency access in one's area, as everybody who supervises it is told on whatever page they are.
import { useQuery } from '@tanstack/vue-query'
import { onBeforeUnmount, onMounted } from 'vue'
import { api, body } from './api'
import { every } from './interval'

const often = 15_000
/** Of the newest so many those that are open are told. */
const most = 50
/** After so long without a hand on the desk nothing is asked any more: asking would keep a desk that was left signed in. */
const left = 5 * 60_000

export function useNotices() {
  return useQuery({
    queryKey: ['notices'],
    queryFn: () => body(api.GET('/notices', { params: { query: { limit: most } } })),
  })
}

/** Asks again and again while somebody is at the desk, and at once when they come back. */
export function whileSomebodyIsThere(ask: () => void) {
  let touched = Date.now()
  const touch = () => {
    const away = Date.now() - touched > left
    touched = Date.now()
    if (away) ask()
  }
  const touches = ['pointermove', 'pointerdown', 'keydown', 'focus'] as const
  onMounted(() => touches.forEach((each) => addEventListener(each, touch)))
  onBeforeUnmount(() => touches.forEach((each) => removeEventListener(each, touch)))
  every(often, () => Date.now() - touched <= left && ask())
}
