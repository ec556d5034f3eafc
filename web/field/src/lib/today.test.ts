import { expect, test } from 'vitest'
import type { OutboxItem } from '../core/core'
import type { BundlePerson, Obligation } from '../core/types'
import { isCitizenNumber, sexIn } from './citizenNumber'
import { doorsOf, groupsOf, nextDoor } from './doors'
import { initials, isNamed } from './initials'
import { match } from './route'
import { spokenOf } from './spoken'
import { distanceText, isOfLastMonth, linesOf, metresBetween, nextOwed, whyNow } from './today'

const today = '2026-11-20'
const w = { zh: '题', en: 'x' }
const owed = (due_day: string, more: Partial<Obligation> = {}): Obligation => ({
  label: due_day,
  kind: 'periodic',
  words: w,
  first_day: '2026-11-01',
  last_day: due_day,
  due_day,
  min: 1,
  counted: 0,
  state: due_day < today ? 'overdue' : 'owed',
  methods: [],
  ...more,
})
const person = (id: string, obligations: Obligation[], more: Partial<BundlePerson> = {}) =>
  ({
    id,
    name: id,
    age: 80,
    village: { area: '', name: '' },
    tier: { id: 'general', words: w },
    why: [{ zh: '独居', en: 'alone' }],
    obligations,
    methods: [],
    recent: [],
    ...more,
  }) as unknown as BundlePerson
const record = (id: string, state: OutboxItem['state'], outcome = 'met') =>
  ({
    key: id,
    kind: 'visit',
    state,
    about: { person: id, title: id, outcome, at: `${today}T08:00:00+08:00` },
  }) as OutboxItem
const lines = (people: BundlePerson[], outbox: OutboxItem[] = [], here?: { latitude: number; longitude: number }) =>
  linesOf({ people, outbox, drafts: [] }, today, here).map(
    ({ person: { id }, group, mark }) => `${id} ${group} ${mark}`,
  )

test('overdue first, then by due day, tier and nearness; done last', () => {
  const people = [
    person('later', [owed('2026-12-20')]),
    person('far', [owed('2026-11-22')], { point: { latitude: 29.2, longitude: 105 } }),
    person('near', [owed('2026-11-22')], { point: { latitude: 29.01, longitude: 105 } }),
    person('key', [owed('2026-11-22')], { tier: { id: 'key', words: w } }),
    person('met', [owed('2026-11-30', { state: 'met' })]),
    person('late', [owed('2026-11-18')]),
    person('idle', []),
    person('ahead', [owed('2026-12-31', { first_day: '2026-12-01' })]),
  ]
  expect(lines(people, [], { latitude: 29, longitude: 105 })).toEqual([
    'late overdue open',
    'key due open',
    'near due open',
    'far due open',
    'later later open',
    'met done done',
  ])
})

test('why now is said of what is due by the day of the phone, before the categories', () => {
  const half = (first_day: string, last_day: string, zh: string) => owed(last_day, { first_day, why: { zh, en: 'x' } })
  const one = half('2026-11-01', '2026-11-15', '前半月，已逾期')
  const two = half('2026-11-16', '2026-11-30', '后半月')
  const ahead = half('2026-12-01', '2026-12-15', '十二月')
  const who = person('who', [one, two, ahead], {
    why: [...[one, two].flatMap(({ why }) => why ?? []), { zh: '独居', en: 'alone' }],
  })
  const said = (day: string) => whyNow(who, nextOwed(who, day)).map(({ zh }) => zh)
  expect(said(today)).toEqual(['前半月，已逾期', '独居'])
  one.state = two.state = 'met'
  expect(said('2026-12-02')).toEqual(['十二月', '独居'])
  ahead.state = 'met'
  expect(said('2026-12-02')).toEqual(['独居'])
})

test('a record on the phone says how it stands before the server does', () => {
  const people = ['waits', 'refused', 'received', 'missed'].map((id) => person(id, [owed('2026-11-22')]))
  const outbox = [
    record('waits', 'waiting'),
    record('refused', 'refused'),
    record('received', 'received'),
    record('missed', 'received', 'not_home'),
  ]
  expect(lines(people, outbox).sort()).toEqual([
    'missed due missed',
    'received done done',
    'refused mend refused',
    'waits done waiting',
  ])
})

test('one visit of two: what the server counted and still owes is open again', () => {
  const people = [person('a', [owed('2026-11-22', { min: 2, counted: 1 })])]
  const counted = { ...record('a', 'received'), counted: true }
  expect(lines(people, [counted])).toEqual(['a due open'])
  expect(lines(people, [{ ...record('a', 'waiting'), key: 'second' }, counted])).toEqual(['a done waiting'])
})

test('an attempt of the window shows, one of an earlier window does not', () => {
  const recent = (at: string) => ({
    recent: [{ visit: 'v', at, by: '', outcome: 'not_home' as const, method: 'home' }],
  })
  expect(lines([person('a', [owed('2026-11-22')], recent('2026-11-10T09:00:00+08:00'))])).toEqual(['a due missed'])
  expect(lines([person('a', [owed('2026-11-22')], recent('2026-10-10T09:00:00+08:00'))])).toEqual(['a due open'])
})

test('somebody waiting in the done list is not done before the server has it', () => {
  const met = person('a', [owed('2026-11-30', { state: 'met' })])
  expect(lines([met], [record('a', 'sending')])).toEqual(['a done waiting'])
  expect(lines([met], [record('a', 'refused')])).toEqual(['a mend refused'])
})

test('a list of last month is told from one that has this month on it, and from one of today', () => {
  const month = (first_day: string) => [person('a', [owed('2026-12-31', { first_day, state: 'met' })])]
  const november = month('2026-11-01')
  const fetched = '2026-11-29T07:45:00+08:00'
  expect(isOfLastMonth(november, fetched, '2026-11-30')).toBe(false)
  expect(isOfLastMonth(november, fetched, '2026-12-01')).toBe(true)
  expect(isOfLastMonth([...november, ...month('2026-12-01')], fetched, '2026-12-01')).toBe(false)
  expect(isOfLastMonth(november, '2026-12-01T07:45:00+08:00', '2026-12-01')).toBe(false)
  expect(isOfLastMonth(november, null, '2026-12-01')).toBe(false)
})

test('distances are said as one says them', () => {
  expect(Math.round(metresBetween({ latitude: 29, longitude: 105 }, { latitude: 29.01, longitude: 105 }) / 10)).toBe(
    111,
  )
  expect([3, 456, 1240, 14_400].map((metres) => distanceText(metres))).toEqual([
    { unit: 'metres', count: '10' },
    { unit: 'metres', count: '460' },
    { unit: 'km', count: '1.2' },
    { unit: 'km', count: '14' },
  ])
})

test('names are found by characters and by initials', () => {
  expect(['张桂兰', '曾国强', '欧阳兰芳', 'Li'].map(initials)).toEqual(['zgl', 'zgq', 'oylf', 'li'])
  expect(isNamed('张桂兰', ' GL ')).toBe(true)
  expect(isNamed('张桂兰', '桂')).toBe(true)
  expect(isNamed('张桂兰', 'lz')).toBe(false)
})

test('what is read aloud names what is not well', () => {
  const last = { findings: [{ indicator: 'x', words: { zh: '行动' }, status: 'poor', status_words: { zh: '较差' } }] }
  const said = spokenOf(person('王秀英', [owed('2026-11-18')], { last } as unknown as Partial<BundlePerson>), today)
  expect(said).toBe('王秀英，80岁。独居。已经逾期2天。上次的情况：行动较差')
})

test('houses: what the phone noted counts at once, and the next one is found', () => {
  const houses = ['1', '2', '3'].map((id) => ({
    id,
    area: '',
    area_name: '',
    group: id === '3' ? '二组' : '一组',
    version: '1',
  }))
  const noted = [
    {
      key: 'k',
      kind: 'household_result',
      state: 'waiting',
      about: { person: '1', title: '', outcome: 'registered', at: '' },
    },
  ]
  const doors = doorsOf(houses, noted as OutboxItem[])
  expect(doors.map(({ state, unsent }) => `${state} ${unsent}`)).toEqual([
    'registered true',
    'open false',
    'open false',
  ])
  expect(groupsOf(doors).map(({ name, done }) => `${name} ${done}`)).toEqual(['一组 1', '二组 0'])
  expect(nextDoor(doors.slice(0, 2), '1')?.id).toBe('2')
  expect(nextDoor(doors.slice(0, 1), '1')).toBeUndefined()
})

test('citizen numbers are checked by their last character and date', () => {
  expect(isCitizenNumber('11010519491231002X')).toBe(true)
  expect(isCitizenNumber('110105194912310021')).toBe(false)
  expect(isCitizenNumber('11010519491331002X')).toBe(false)
  expect(sexIn('11010519491231002X')).toBe('female')
})

test('addresses lead to screens', () => {
  expect(match('/person/:id/change/:what?', '/person/p%201/change')).toEqual({ id: 'p 1' })
  expect(match('/person/:id/change/:what?', '/person/1/change/moved')).toEqual({ id: '1', what: 'moved' })
  expect(match('/person/:id', '/person/')).toBeNull()
  expect(match('/', '/people')).toBeNull()
})
