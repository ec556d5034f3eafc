import { expect, test } from 'vitest'
import { keptKey } from './api'

test('what is asked again has the key of the first attempt until it is answered', () => {
  const key = keptKey()
  const first = key.of({ login: 'wang' })
  expect(key.of({ login: 'wang' })).toBe(first)
  expect(key.of({ login: 'li' })).not.toBe(first)
  const again = key.of({ login: 'li' })
  key.done()
  expect(key.of({ login: 'li' })).not.toBe(again)
})
