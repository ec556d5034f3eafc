import { expect, test } from 'vitest'
import type { Account } from '../core/types'
import { somebody } from '../core/test-phone'
import { villagesOf } from './villages'

const account = (area: string): Account => ({ login: 'a', name: '何芳', role: 'visitor', area, area_name: '那里' })
const people = [somebody('p1'), somebody('p2')]
const listed = [
  { area: '510521100015', name: '新桥村', town: '福集镇' },
  { area: '510521101001', name: '大桥村', town: '嘉明镇' },
]

test('one works in a village, or chooses among those of a town or county', () => {
  const areas = (area: string, villages = listed) =>
    villagesOf({ account: account(area), people, villages }).map((each) => each.area)
  expect(areas('510521100015')).toEqual(['510521100015'])
  expect(areas('510521')).toEqual(['510521100015', '510521101001'])
  // Until the list has come: where one's people live.
  expect(areas('510521', [])).toEqual(['510521100015'])
  expect(areas('510522', [])).toEqual([])
})
