// @vitest-environment node
// What opens the application without a network.
import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => void vi.unstubAllGlobals())

test('where what the worker keeps cannot be read, the network answers', async () => {
  const heard: Record<string, (event: unknown) => void> = {}
  vi.stubGlobal('__FILES__', ['/', '/assets/a.js'])
  vi.stubGlobal('__VERSION__', '1')
  vi.stubGlobal('self', {
    location: { origin: 'https://tanfang.example' },
    addEventListener: (name: string, listener: (event: unknown) => void) => void (heard[name] = listener),
  })
  vi.stubGlobal('caches', { open: () => Promise.reject(new DOMException('', 'UnknownError')) })
  vi.stubGlobal('fetch', async () => 'from the network')
  const worker = '../../worker/worker.ts'
  await import(/* @vite-ignore */ worker)
  let answer: unknown = 'left alone'
  const ask = (url: string) => {
    const request = { method: 'GET', url: `https://tanfang.example${url}` }
    heard.fetch!({ request, respondWith: (given: unknown) => void (answer = given) })
  }
  ask('/api/v1/device')
  expect(answer).toBe('left alone')
  ask('/assets/a.js')
  expect(await answer).toBe('from the network')
})
