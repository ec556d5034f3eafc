// How the screens look on this phone: nothing personal, so it is kept in the open and known before the PIN.
import { reactive, watch } from 'vue'

const keys = { large: 'tanfang.large', contrast: 'tanfang.contrast' } as const

export const look = reactive({
  large: localStorage.getItem(keys.large) === '1',
  contrast: localStorage.getItem(keys.contrast) === '1',
})

export function applyLook(): void {
  watch(
    look,
    () => {
      const { dataset } = document.documentElement
      dataset.text = look.large ? 'large' : 'normal'
      dataset.contrast = look.contrast ? 'high' : 'normal'
      localStorage.setItem(keys.large, look.large ? '1' : '0')
      localStorage.setItem(keys.contrast, look.contrast ? '1' : '0')
    },
    { immediate: true },
  )
}
