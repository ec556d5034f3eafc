import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, test, vi } from 'vitest'
import { api, keptKey } from './api'
import { queries } from './queries'

afterEach(() => vi.unstubAllGlobals())

test('what is asked again has the key of the first attempt until it is answered', () => {
  const key = keptKey()
  const first = key.of({ login: 'wang' })
  expect(key.of({ login: 'wang' })).toBe(first)
  expect(key.of({ login: 'li' })).not.toBe(first)
  const again = key.of({ login: 'li' })
  key.done()
  expect(key.of({ login: 'li' })).not.toBe(again)
})

test('what was read before a change is asked for again, a look changes nothing', async () => {
  setActivePinia(createPinia())
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('{}')))
  const stale = () => queries.getQueryCache().findAll({ predicate: (query) => query.state.isInvalidated })
  queries.setQueryData(['people', '510521'], [])
  queries.setQueryData(['area', '510521'], {})
  await api.GET('/areas')
  await api.POST('/people/list', { body: { limit: 1 } })
  expect(stale()).toEqual([])
  const params = { path: { person: '1' }, header: { 'If-Match': '', 'Idempotency-Key': '1' } }
  await api.PATCH('/people/{person}', { params, body: {} })
  expect(stale().map(({ queryKey }) => queryKey)).toEqual([['people', '510521']])
})
