import { expect, test } from 'vitest'
import { readTerm } from './people'

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
