import { expect, test } from 'vitest'
import { trendsOf } from './trends'
import type { Visit } from './visits'

const visit = (id: string, findings: [string, string, string][], more: object = {}) =>
  ({
    id,
    outcome: 'met',
    findings: findings.map(([indicator, given, effect]) => ({ indicator, given, effect })),
    ...more,
  }) as unknown as Visit

test('what changed or is not well is told visit by visit, the newest last', () => {
  const { visits, trends } = trendsOf([
    visit('c', [
      ['mood', 'poor', 'poor'],
      ['gas', 'safe', 'good'],
      ['sleep', 'well', 'good'],
    ]),
    visit('struck', [['gas', 'unsafe', 'poor']], { struck_at: '2026-11-01' }),
    visit('away', [], { outcome: 'not_home' }),
    visit('b', [
      ['gas', 'unsafe', 'poor'],
      ['sleep', 'well', 'good'],
    ]),
    visit('a', [
      ['mood', 'good', 'good'],
      ['sleep', 'well', 'good'],
    ]),
  ])
  expect(visits.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  expect(trends.map(({ indicator, found }) => [indicator, found.map((finding) => finding?.given)])).toEqual([
    ['mood', ['good', undefined, 'poor']],
    ['gas', [undefined, 'unsafe', 'safe']],
  ])
})

test('of many visits the last are told', () => {
  const many = Array.from({ length: 9 }, (_, i) => visit(String(9 - i), []))
  expect(trendsOf(many).visits.map(({ id }) => id)).toEqual(['4', '5', '6', '7', '8', '9'])
})
