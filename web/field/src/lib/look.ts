// How the screens look on this phone: nothing personal, so it is kept in the open and known before the PIN.
import { reactive, watch } from 'vue'
import { remember, remembered } from '../core/remember'

export const look = reactive({
  large: remembered('tanfang.large') === '1',
  contrast: remembered('tanfang.contrast') === '1',
})

export function applyLook(): void {
  watch(
    look,
    () => {
      const { dataset } = document.documentElement
      dataset.text = look.large ? 'large' : 'normal'
      dataset.contrast = look.contrast ? 'high' : 'normal'
      remember('tanfang.large', look.large ? '1' : '0')
      remember('tanfang.contrast', look.contrast ? '1' : '0')
    },
    { immediate: true },
  )
}
