import { expect, test } from 'vitest'
import { isNumber, listBody, readTerm } from './people'

test.each([
  ['', null],
  ['  ', null],
  ['510521195901270029', { citizen_number: '510521195901270029' }],
  ['51052119590127002x', { citizen_number: '51052119590127002X' }],
  ['138 0013 8000', { phone: '13800138000' }],
  ['LiuShu', { pinyin: 'liushu' }],
  ['刘淑', { name: '刘淑' }],
  ['5105', { name: '5105' }],
])('%j is read as %j', (typed, term) => expect(readTerm(typed)).toEqual(term))

test('filters stack into one question', () => {
  const filter = { state: 'overdue', ability: 'mild', unknown: 'welfare', month: '2026-11' }
  expect(listBody('510521', { pinyin: 'ls' }, filter)).toEqual({
    area: '510521',
    pinyin: 'ls',
    month: '2026-11',
    state: 'overdue',
    facts: { ability: 'mild' },
    unknown_facts: ['welfare'],
  })
  expect(listBody('', null, {})).toEqual({})
})

test('a number or a phone finds its person alone, a name is one filter among others', () => {
  expect(['138 0013 8000', '510521195901270029'].map((typed) => isNumber(readTerm(typed)))).toEqual([true, true])
  expect(['', 'liushu', '刘淑'].map((typed) => isNumber(readTerm(typed)))).toEqual([false, false, false])
})
