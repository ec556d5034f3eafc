import { expect, test } from 'vitest'
import { comparison, proposedName, summary, type Proposal } from './proposal'

const proposal = (what: Proposal['what'], content: object, now: object = {}): Proposal => ({
  id: '0000000000001',
  what,
  state: 'open',
  area: '510521100015',
  person: null,
  proposed_by: 'account:fangwen',
  proposed_at: '2026-11-22T10:00:00+08:00',
  clock_off_seconds: 0,
  content: content as Proposal['content'],
  base_holds: true,
  changed: [],
  now: now as Proposal['now'],
  decided_at: null,
  decided_by: null,
  reason: null,
})

test('facts stand beside what the file says, the file’s own fields among them', () => {
  const facts = { ability: 'severe', phone: '138****1009', bedridden: true }
  const now = { facts: { ability: { value: 'mild', source: 'clerk' }, phone: '139****0000', bedridden: null } }
  expect(comparison(proposal('facts', { facts }, now)).map((row) => [row.now, row.proposed])).toEqual([
    [expect.stringContaining('轻度'), expect.stringContaining('重度')],
    ['139****0000', '138****1009'],
    ['', '是'],
  ])
  expect(proposedName('phone')).toBe('电话')
})

test('a status is said in words, and so is what it is now', () => {
  const given = proposal('status', { status: { status: 'hospital', from: '2026-11-20' } }, { status: 'active' })
  expect(comparison(given)).toEqual([
    { field: '状态', now: '在册', proposed: '住院' },
    { field: '开始日期', now: '', proposed: '2026-11-20' },
  ])
  expect(summary(given)).toBe('状态：住院；开始日期：2026-11-20')
})

test('a contact is compared with the one it replaces', () => {
  const contacts = [
    { kind: 'child', name: '李*', phone: '138****0001' },
    { kind: 'emergency', name: '李*', phone: '138****0002' },
  ]
  const contact = { name: '李*', phone: '138****0003', relation: 'son' }
  expect(comparison(proposal('contact', { contact }, { contacts })).map((row) => [row.field, row.now])).toEqual([
    ['姓名', '李*'],
    ['电话', '138****0002'],
    ['关系', ''],
  ])
  expect(comparison(proposal('contact', { contact: { ...contact, kind: 'helper' } }, { contacts }))[0]?.now).toBe('')
})

test('somebody new has no file yet, and a village its name', () => {
  const person = { name: '李四', sex: 'female', village: '510521100015' }
  const rows = comparison(proposal('new_person', { new_person: person }), { '510521100015': '城古村' })
  const moved = proposal('facts', { facts: { hukou_area: '510521100015' } }, { facts: { hukou_area: null } })
  expect(comparison(moved, { '510521100015': '城古村' })[0]?.proposed).toBe('城古村')
  expect(rows.map((row) => row.proposed)).toEqual(['李四', '女', '城古村'])
  expect(rows.every((row) => row.now === '')).toBe(true)
})
