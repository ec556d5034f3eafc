// The large letters that a person asked for, kept in their browser.
import { ref } from 'vue'

const kept = 'tanfang.desk.text'
export const largeText = ref(localStorage.getItem(kept) === 'large')

export function showTextSize() {
  document.documentElement.dataset.text = largeText.value ? 'large' : 'normal'
}

export function toggleTextSize() {
  largeText.value = !largeText.value
  localStorage.setItem(kept, largeText.value ? 'large' : 'normal')
  showTextSize()
}
