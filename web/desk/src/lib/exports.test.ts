import { expect, test } from 'vitest'
import { orderOf } from './exports'

const given = { area: '510521', template: 'a/b', month: '2026-11', from: '2026-11-01', to: '2026-11-23', reason: '' }

test('each list is asked for with what it is about, and no more', () => {
  expect(orderOf('registry', given)).toEqual({ list: 'registry', area: '510521' })
  expect(orderOf('template', given)).toEqual({ list: 'template', area: '510521', template: 'a/b' })
  expect(orderOf('obligations', given)).toEqual({ list: 'obligations', area: '510521', month: '2026-11' })
  expect(orderOf('needs', given)).toEqual({ list: 'needs', area: '510521', from: '2026-11-01', to: '2026-11-23' })
  expect(orderOf('visits', { ...given, reason: '报送上级' }).reason).toBe('报送上级')
})
