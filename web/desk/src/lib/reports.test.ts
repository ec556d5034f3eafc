import { expect, test } from 'vitest'
import { keyFigures, listOf, periodOf, step, written, type Table } from './reports'

test('a month lies in its quarter and half', () => {
  expect(periodOf('monthly', '2026-11')).toBe('2026-11')
  expect(periodOf('quarterly', '2026-03')).toBe('2026-Q1')
  expect(periodOf('quarterly', '2026-11')).toBe('2026-Q4')
  expect(periodOf('half_yearly', '2026-06')).toBe('2026-H1')
  expect(periodOf('half_yearly', '2026-07')).toBe('2026-H2')
  expect(step('quarterly', '2026-02', -1)).toBe('2025-11')
  expect(step('glance', '2026-02', -1)).toBe('2026-01')
})

test('figures read as papers write them', () => {
  expect([null, '合计', 1234, { rate: 0.985 }].map(written)).toEqual(['—', '合计', '1,234', '98.5%'])
})

test('a row leads to the people behind it', () => {
  const table = { areas: ['510521100', ''], filter: 'state=overdue' } as Table
  expect(listOf(table, 0, '2026-10')?.query).toEqual({ area: '510521100', month: '2026-10', state: 'overdue' })
  expect(listOf(table, 1, '2026-10')).toBeNull()
  const parts = { areas: [] as string[], lists: ['area=510521&tier=key', 'area=510521&month=2026-08', ''] } as Table
  expect(listOf(parts, 0, '2026-10')?.query).toEqual({ area: '510521', month: '2026-10', tier: 'key' })
  expect(listOf(parts, 1, '2026-10')?.query).toEqual({ area: '510521', month: '2026-08' })
  expect(listOf(parts, 2, '2026-10')).toBeNull()
})

test('a folded table tells the figures of its sum', () => {
  const table = {
    headings: ['区划', '应访', '完成', '方案完成率', '逾期', '应探访'],
    rows: [
      ['大田社区', 3, 1, { rate: 0.3333 }, 0, 3],
      ['合计', 18, 12, { rate: 0.6667 }, 1, 20],
    ],
  } as Table
  expect(keyFigures(table)).toEqual([
    ['应访', '18'],
    ['完成', '12'],
    ['方案完成率', '66.7%'],
    ['逾期', '1'],
  ])
  expect(keyFigures({ ...table, rows: [] })[0]).toEqual(['应访', '—'])
})
