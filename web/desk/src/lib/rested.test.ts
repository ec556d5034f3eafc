import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useRested } from './rested'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

test('what is typed counts once the typing rests, and never after the screen was left', async () => {
  const typed = ref('')
  const scope = effectScope()
  const { rested, resting } = scope.run(() => useRested(typed, 300))!
  for (const text of ['王', '王敏']) {
    typed.value = text
    await nextTick()
    vi.advanceTimersByTime(299)
    expect(rested.value).toBe('')
    expect(resting.value).toBe(false)
  }
  vi.advanceTimersByTime(1)
  expect(rested.value).toBe('王敏')
  expect(resting.value).toBe(true)
  typed.value = '王敏敏'
  await nextTick()
  scope.stop()
  vi.advanceTimersByTime(1000)
  expect(rested.value).toBe('王敏')
})
