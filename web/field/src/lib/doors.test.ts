import { expect, test } from 'vitest'
import type { OutboxItem } from '../core/core'
import type { Household } from '../core/types'
import { doorsOf, groupsOf, nextDoor } from './doors'

const house = (id: string, more: Partial<Household> = {}): Household => ({
  id,
  area: '510521100015',
  area_name: '新桥村',
  group: '一组',
  version: 'v1',
  ...more,
})
const noted = (person: string, more: Partial<OutboxItem> = {}): OutboxItem => ({
  key: person,
  kind: 'household_result',
  state: 'received',
  saved_at: '',
  about: { person, title: '', outcome: 'declined', at: '' },
  attachments_waiting: 0,
  tries: 1,
  notices: [],
  mendable: false,
  ...more,
})
const known = { result: { result: 'registered', on: '2026-11-20' } } as const

test('what this phone noted is shown until the list of houses has come back', () => {
  const states = (item: Partial<OutboxItem>) => doorsOf([house('a', known)], [noted('a', item)])[0]
  expect(states({ state: 'waiting' })).toMatchObject({ state: 'declined', unsent: true })
  expect(states({})).toMatchObject({ state: 'declined', unsent: false })
  expect(states({ counted: true })).toMatchObject({ state: 'registered', unsent: false })
  expect(states({ state: 'refused' })).toMatchObject({ state: 'registered' })
})

test('a house of which two results differ is not done, until one is noted anew', () => {
  const differs = { result: 'declined', on: '2026-11-21' } as const
  const houses = [house('a', { ...known, differs }), house('b', known)]
  const [group] = groupsOf(doorsOf(houses, []))
  expect(group).toMatchObject({ done: 1, differing: 1 })
  expect(nextDoor(group!.doors, 'b')?.id).toBe('a')
  expect(groupsOf(doorsOf(houses, [noted('a', { state: 'waiting' })]))[0]).toMatchObject({
    done: 2,
    differing: 0,
  })
})
