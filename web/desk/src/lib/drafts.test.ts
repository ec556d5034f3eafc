import { expect, test } from 'vitest'
import {
  changedFiles,
  dayInForce,
  difference,
  fileKinds,
  kindOf,
  lineSpan,
  lintQuestion,
  monthly,
  monthlyDifference,
  pathOf,
  reasonsOf,
  withChanges,
} from './drafts'

test('files are checked while typed under the names that the interface has for them', () => {
  const files = { 'scheme.toml': 'a', 'cases.jsonl': 'b', 'indicators.toml': 'c', 'forms/visit.toml': 'd' }
  expect(lintQuestion('x', files)).toEqual({
    name: 'x',
    scheme: 'a',
    cases: 'b',
    indicators: 'c',
    forms: { visit: 'd' },
  })
  expect(lintQuestion('x', { ...files, 'scheme-more.toml': '' })).toBeNull()
  expect(lintQuestion('x', { ...files, 'cases-more.jsonl': '' })).toBeNull()
})

test('only files that were changed are saved', () => {
  const [read, typed] = [
    { a: '1', b: '2', d: '4' },
    { a: '1', b: '3', c: '' },
  ]
  expect(changedFiles(read, typed)).toEqual({ b: '3', c: '', d: null })
  expect(withChanges(read, changedFiles(read, typed))).toEqual(typed)
})

test('a file is known by its path', () => {
  expect(fileKinds.map((kind) => pathOf(kind, 'v1'))).toEqual([
    'forms/v1.toml',
    'cases-v1.jsonl',
    'indicators.toml',
    'scheme-v1.toml',
  ])
  for (const kind of fileKinds) expect(kindOf(pathOf(kind, 'v1'))).toBe(kind)
  expect(pathOf('cases', '')).toBe('cases.jsonl')
})

test('the day in force is read from the text', () => {
  expect(dayInForce({ 'scheme.toml': 'id = "x"\nin_force = 2027-01-01\n' })).toBe('2027-01-01')
  expect(dayInForce({ 'scheme.toml': '# in_force = 2027-01-01' })).toBe('')
  expect(dayInForce({})).toBe('')
})

test('a line is found by its number, the last for any beyond', () => {
  const text = 'ab\n\ncde'
  expect([1, 2, 3, 9, 0].map((line) => lineSpan(text, line))).toEqual([
    [0, 2],
    [3, 3],
    [4, 7],
    [4, 7],
    [0, 2],
  ])
})

test('a month is a twelfth of a year; what grows says so', () => {
  expect(monthly(18)).toBe('1.5')
  const [more, less] = [
    { before: 12, after: 30 },
    { before: 9, after: 3 },
  ]
  expect([difference(more), monthlyDifference(more)]).toEqual(['+18', '+1.5'])
  expect([difference(less), monthlyDifference(less)]).toEqual(['-6', '-0.5'])
  expect(difference({ before: 2, after: 2 })).toBe('0')
})

test('reasons of every scheme stand in one list, each with its scheme', () => {
  const reasons = [{ scheme: 'a', because: [{ rule: 'x', cite: '1' }] }, { scheme: 'b' }]
  expect(reasonsOf({ eligible: 'yes', tier: null, reasons })).toEqual([{ rule: 'x', cite: '1', scheme: 'a' }])
})
