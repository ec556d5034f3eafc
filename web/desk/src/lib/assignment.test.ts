import { expect, test } from 'vitest'
import { comesTo, gapOf, groupBy, metresBetween, type Assigned, type Visitor } from './assignment'

const home = '510521100001'
const near = '510521100002'
const far = '510521100003'
const points = new Map(
  [
    { area: home, latitude: 29, longitude: 105, etag: '' },
    { area: near, latitude: 29.01, longitude: 105, etag: '' },
    { area: far, latitude: 29.5, longitude: 105, etag: '' },
  ].map((point) => [point.area, point]),
)
const visitor = (given: Partial<Visitor>): Visitor => ({
  id: '1',
  etag: '',
  name: '王敏',
  kind: 'grid_worker',
  login: '',
  home,
  villages: [],
  radius_metres: 0,
  capacity: 3,
  service: '',
  active: true,
  ...given,
})
const person = (id: string, village: string, to: string | null, visits = 1): Assigned => ({
  person: id,
  name: `${id}某`,
  village,
  visits,
  visitor: to,
  appointed: false,
})

test('a degree of latitude is 111 km', () => {
  const at = (latitude: number) => ({ area: '', etag: '', latitude, longitude: 105 })
  const metres = metresBetween(at(29), at(30))
  expect(metres).toBeGreaterThan(111_000)
  expect(metres).toBeLessThan(111_300)
})

test('a visitor comes home, where they are named, and as far as their radius', () => {
  expect(comesTo(visitor({}), home, points)).toBe(true)
  expect(comesTo(visitor({}), near, points)).toBe(false)
  expect(comesTo(visitor({ villages: [far] }), far, points)).toBe(true)
  expect(comesTo(visitor({ radius_metres: 1200 }), near, points)).toBe(true)
  expect(comesTo(visitor({ radius_metres: 1000 }), near, points)).toBe(false)
  expect(comesTo(visitor({ radius_metres: 1200 }), near, new Map())).toBe(false)
})

test('who is left out, and why', () => {
  const people = [
    person('a', home, '1', 2),
    person('b', home, '1', 1),
    person('c', far, '1', 1),
    person('d', home, null),
  ]
  const loads = new Map([['1', 4]])
  const gap = (index: number, given: Partial<Visitor> = {}) =>
    gapOf(people[index]!, new Map([['1', visitor(given)]]), loads, points)
  expect(gap(0)).toBe('over')
  expect(gap(0, { capacity: 4 })).toBe(null)
  expect(gap(2)).toBe('far')
  expect(gap(3)).toBe('nobody')
  expect(gap(0, { active: false })).toBe('nobody')
})

test('rows by what is said of them', () => {
  expect([...groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even'))]).toEqual([
    ['odd', [1, 3]],
    ['even', [2]],
  ])
})
