import { expect, test } from 'vitest'
import { callsToSend, placeToSend } from './emergency'

test('a report is never too long: calls once a minute and the first twenty, places of 200 characters', () => {
  const at = (minute: number, second = 0) =>
    `2026-11-20T09:${String(minute).padStart(2, '0')}:${String(second).padStart(2, '0')}+08:00`
  const pressed = [0, 1, 2].map((second) => ({ who: 'village', at: at(0, second) }))
  expect(callsToSend([...pressed, { who: '120', at: at(0) }])).toEqual([pressed[0], { who: '120', at: at(0) }])
  const many = Array.from({ length: 30 }, (_, minute) => ({ who: '120', at: at(minute) }))
  expect(callsToSend(many)).toEqual(many.slice(0, 20))
  expect([...placeToSend('𠮷'.repeat(250))]).toHaveLength(200)
})
