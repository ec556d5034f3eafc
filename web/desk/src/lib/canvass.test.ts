import { expect, test } from 'vitest'
import { doorsIn, nothing, reached, readLines, withEmpty } from './canvass'

const counts = {
  ...{ households: 10, done: 6, nobody_eligible: 3, registered: 2, declined: 1, not_home: 1 },
  differing: 2,
}

test('a door is open where nobody was yet, and not home is to be visited again', () => {
  expect(doorsIn(counts, 'open')).toBe(3)
  expect(doorsIn(counts, 'not_home')).toBe(1)
  expect(doorsIn(counts, 'registered')).toBe(2)
  expect(doorsIn(counts, 'differs')).toBe(2)
  expect(doorsIn(counts, 'all')).toBe(10)
})

test('all is said of all only', () => {
  expect(reached({ ...nothing, households: 3000, done: 2999 })).toBe(0.999)
  expect(reached({ ...nothing, households: 3, done: 3 })).toBe(1)
  expect(reached(nothing)).toBeNull()
})

test('where most doors are left comes first, areas without doors come last', () => {
  const part = (code: string, households: number, done: number) => ({
    ...nothing,
    part: code,
    name: code,
    households,
    done,
  })
  const below = ['1', '2', '3', '4'].map((code) => ({ code, name: `村${code}` }))
  const rows = withEmpty([part('1', 5, 4), part('3', 9, 2)], below)
  expect(rows.map((each) => each.part)).toEqual(['3', '1', '2', '4'])
  expect(rows[2]).toMatchObject({ name: '村2', households: 0 })
})

test('lines name a group and a place, or a place alone', () => {
  const read = readLines('组,门牌\n一组,12号\r\n\n 二组，张家 院子\n三组\t7号,后门\n8号\n', '四组')
  expect(read.map(({ number, group, place, wrong }) => [number, group, place, wrong])).toEqual([
    [2, '一组', '12号', null],
    [4, '二组', '张家 院子', null],
    [5, '三组', '7号,后门', null],
    [6, '四组', '8号', null],
  ])
})

test('a line without a place, or too long, is told', () => {
  const wrong = (text: string) => readLines(text).map((line) => line.wrong)
  expect(wrong('一组,')).toEqual(['place'])
  expect(wrong(`${'组'.repeat(31)},1号`)).toEqual(['group'])
  expect(wrong('号'.repeat(61))).toEqual(['place'])
  expect(wrong(`${'组'.repeat(30)},${'号'.repeat(60)}`)).toEqual([null])
})
