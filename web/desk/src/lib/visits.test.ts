import { describe, expect, test } from 'vitest'
import { emptyRecord } from './visits'

describe('a new record', () => {
  test.each([
    ['2026-11-23T00:10:00+08:00', '2026-11-22'],
    ['2026-11-23T09:29:00+08:00', '2026-11-22'],
    ['2026-11-23T09:30:00+08:00', '2026-11-23'],
    ['2026-11-23T23:59:00+08:00', '2026-11-23'],
  ])('made at %s is of a morning that is over: %s', (now, day) => {
    const record = emptyRecord('王敏', Date.parse(now))
    expect(record).toMatchObject({ day, from: '09:00', to: '09:30', visitor: '王敏' })
  })
})
