import { expect, test, vi } from 'vitest'
import { api } from './api'
import { gapOf, groupBy, shownChangesOf, type Assigned, type Visitor } from './assignment'

const home = '510521100001'
const far = '510521100003'
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
  comes: [home],
  visits: 4,
  ...given,
})
const person = (id: string, village: string, to: string | null, visits = 1): Assigned => ({
  person: id,
  name: `${id}某`,
  village,
  visits,
  visitor: to,
  visitor_name: to && '王敏',
  visitor_kind: to && 'grid_worker',
  appointed: false,
})

test('who is left out, and why', () => {
  const people = [
    person('a', home, '1', 2),
    person('b', home, '1', 1),
    person('c', far, '1', 1),
    person('d', home, null),
  ]
  const gap = (index: number, given: Partial<Visitor> = {}) =>
    gapOf(people[index]!, new Map([['1', visitor(given)]]), true)
  expect(gap(0)).toBe('over')
  expect(gap(0, { capacity: 4 })).toBe(null)
  expect(gap(2)).toBe('far')
  expect(gap(3)).toBe('nobody')
  expect(gap(0, { active: false })).toBe('nobody')
})

test('whoever has a visitor has one, also where the list of them has not come or does not name this one', () => {
  const given = person('a', home, '1')
  expect(gapOf(given, new Map(), false)).toBe(null)
  expect(gapOf(given, new Map(), true)).toBe('far')
  for (const listed of [false, true]) expect(gapOf(person('d', home, null), new Map(), listed)).toBe('nobody')
})

test('rows by what is said of them', () => {
  expect([...groupBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even'))]).toEqual([
    ['odd', [1, 3]],
    ['even', [2]],
  ])
})

test('what is accepted is what is shown, or nothing', async () => {
  const figures = (changes: number) => ({ uncovered: 0, strangers: 0, changes, imbalance: 0 })
  const shown = { before: figures(0), after: figures(2) }
  const page = (person: string, next: string | null, changes = 2) =>
    ({ data: { ...shown, after: figures(changes), changes: [{ person }], next } }) as never
  const post = vi.spyOn(api, 'POST')
  const asked = { area: '510521', month: '2026-11', within: '510521100' }
  const told = async (pages: never[], people: number) => {
    post.mockReset()
    pages.forEach((each) => post.mockResolvedValueOnce(each))
    return (await shownChangesOf(asked, shown, people))?.map(({ person }) => person) ?? null
  }
  expect(await told([page('a', 'there'), page('b', null)], 2)).toEqual(['a', 'b'])
  expect(post.mock.calls.map((each) => (each as unknown as [string, { body: object }])[1].body)).toEqual([
    { ...asked, limit: 5000 },
    { ...asked, limit: 5000, cursor: 'there' },
  ])
  expect(await told([page('a', null)], 2)).toBeNull()
  expect(await told([page('a', 'there'), page('b', null)], 1)).toBeNull()
  expect(await told([page('a', 'there'), page('b', 'on', 3)], 2)).toBeNull()
  expect(post).toHaveBeenCalledTimes(2)
  post.mockRestore()
})
