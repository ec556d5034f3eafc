import { expect, test } from 'vitest'
import { roundCounts } from './coverage'

const part = (round: string, last_day: string, owed: number, met: number) => ({ round, last_day, owed, met })

test('of an extra round all of its parts are counted, and nothing of another', () => {
  const rounds = [
    part('round/7', '2026-11-20', 2, 2),
    part('festival/7', '2026-11-25', 50, 1),
    part('round/7', '2026-11-25', 30, 4),
    part('round/71', '2026-11-25', 9, 9),
  ]
  expect(roundCounts({ rounds }, '7')).toEqual({ owed: 32, met: 6, open: 26 })
  expect(roundCounts({ rounds }, '8')).toEqual({ owed: 0, met: 0, open: 0 })
})
