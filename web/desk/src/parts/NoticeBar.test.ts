import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApp } from 'vue'
import { api } from '../lib/api'
import { i18n } from '../lib/language'
import { useSession } from '../lib/session'
import NoticeBar from './NoticeBar.vue'

const kept = 'tanfang.desk.notices.7'
const notice = (id: string, ends_at: string) => ({
  ...{ id, at: '2026-11-23T08:00:00Z', ends_at, name: '李四', login: 'lisi', reason: '老人走失' },
})
const get = vi.spyOn(api, 'GET')
let leave = () => {}

/** The bar above a page, as it stands when the answer has come. */
async function shown(notices: object[]) {
  get.mockResolvedValue({ data: { notices, next: null } } as never)
  const pinia = createPinia()
  setActivePinia(pinia)
  useSession().me = { account: '7' } as never
  document.body.innerHTML = '<div id="bar"></div><main id="main" tabindex="-1"></main>'
  const app = createApp(NoticeBar)
  app.use(pinia).use(i18n).use(VueQueryPlugin, { queryClient: new QueryClient() }).mount('#bar')
  leave = () => app.unmount()
  await vi.advanceTimersByTimeAsync(100)
  return () => document.querySelectorAll('#bar p').length
}

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-11-23T10:00:00Z') })
  localStorage.clear()
})
afterEach(() => {
  leave()
  vi.useRealTimers()
})

test('emergency access is told until it ends, also where nobody is there to ask again', async () => {
  const lines = await shown([notice('1', '2026-11-23T10:30:00Z'), notice('2', '2026-11-23T10:45:00Z')])
  expect(lines()).toBe(2)
  await vi.advanceTimersByTimeAsync(31 * 60_000)
  expect(lines()).toBe(1)
  await vi.advanceTimersByTimeAsync(15 * 60_000)
  expect(lines()).toBe(0)
})

test('each of many is told', async () => {
  const lines = await shown(['1', '2', '3', '4', '5', '6'].map((id) => notice(id, '2026-11-23T10:30:00Z')))
  expect(lines()).toBe(6)
  expect(get.mock.calls.at(-1)?.[1]).toEqual({ params: { query: { limit: 50 } } })
})

test('who said that they saw it goes on from the page', async () => {
  const lines = await shown([notice('1', '2026-11-23T10:30:00Z')])
  const button = document.querySelector<HTMLButtonElement>('#bar button')!
  button.focus()
  button.click()
  await vi.advanceTimersByTimeAsync(0)
  expect(lines()).toBe(0)
  expect(document.activeElement?.id).toBe('main')
  expect(localStorage.getItem(kept)).toBe('["1"]')
})

test('what the browser keeps that is not ours hides nothing and breaks nothing', async () => {
  for (const broken of ['[', '{}', 'null']) {
    localStorage.setItem(kept, broken)
    const lines = await shown([notice('1', '2026-11-23T10:30:00Z')])
    expect(lines()).toBe(1)
    leave()
  }
  leave = () => {}
})
