import { expect, test } from 'vitest'
import { addMonths, ageOn, lastDayOf, weeksOf, minuteText, today } from './dates'

test('today is the day in China', () => {
  expect(today(Date.parse('2026-11-21T15:59:59Z'))).toBe('2026-11-21')
  expect(today(Date.parse('2026-11-21T16:00:00Z'))).toBe('2026-11-22')
})

test.each([
  ['2026-11', 1, '2026-12'],
  ['2026-12', 1, '2027-01'],
  ['2026-01', -1, '2025-12'],
  ['2026-11', -12, '2025-11'],
  ['2026-03', -15, '2024-12'],
])('%s and %i months is %s', (month, count, then) => expect(addMonths(month, count)).toBe(then))

test.each([
  ['2026-02', '2026-02-28'],
  ['2024-02', '2024-02-29'],
  ['2026-11', '2026-11-30'],
  ['2026-12', '2026-12-31'],
])('%s ends on %s', (month, day) => expect(lastDayOf(month)).toBe(day))

test('an age grows on the birthday', () => {
  expect(ageOn('1964-12-08', '2026-12-07')).toBe(61)
  expect(ageOn('1964-12-08', '2026-12-08')).toBe(62)
})

test('an instant is shown in the time of China', () => {
  expect(minuteText('2026-11-21T14:48:00+08:00')).toBe('2026-11-21 14:48')
  expect(minuteText('2026-11-21T20:00:00Z')).toBe('2026-11-22 04:00')
  expect(minuteText(null)).toBe('')
})

test('weeks begin on Monday and are whole', () => {
  const weeks = weeksOf('2026-11')
  expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7])
  expect(weeks[0]).toEqual(['', '', '', '', '', '', '2026-11-01'])
  expect(weeks[5]?.[0]).toBe('2026-11-30')
  expect(weeksOf('2027-02')).toHaveLength(4)
})
