import { expect, test } from 'vitest'
import { ageOn, readBirth } from './birth'

const today = '2026-11-23'
const read = (typed: string) => readBirth(typed, today)

test('a birth date is read as people write it', () => {
  for (const typed of [
    '19420315',
    ' 1942-03-15',
    '1942-3-15',
    '1942.3.15',
    '1942/3/15',
    '1942 3 15',
    '1942年3月15日',
    '1942年 3月 15日 ',
    '1942年3月15',
    '１９４２０３１５',
  ])
    expect(read(typed), typed).toEqual({ date: '1942-03-15' })
  expect(read('19440229')).toEqual({ date: '1944-02-29' })
  expect(read('20261123')).toEqual({ date: today })
})

test('what is none is told apart: not written out, no such day, not the day of somebody who lives', () => {
  for (const typed of [
    '1942',
    '194203',
    '420315',
    '1942年',
    '1942年3月',
    '194203155',
    '3月15日',
    '1942年农历3月15日',
    '1942年3月15日（农历）',
  ])
    expect(read(typed), typed).toEqual({ fault: 'form' })
  for (const typed of ['19420230', '19421301', '19430229', '1942-0-1'])
    expect(read(typed), typed).toEqual({ fault: 'day' })
  for (const typed of ['20261124', '20420315', '18991231']) expect(read(typed), typed).toEqual({ fault: 'range' })
})

test('a year is full on the birthday', () => {
  expect([ageOn('1942-11-23', today), ageOn('1942-11-24', today), ageOn('1944-02-29', '2026-02-28')]).toEqual([
    84, 83, 81,
  ])
})
