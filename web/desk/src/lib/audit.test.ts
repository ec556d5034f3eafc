import { expect, test } from 'vitest'
import { detailText, kindName } from './audit'

test('an entry of the trail is told in words, what has none as it stands', () => {
  expect(kindName('field_revealed')).toBe('查看明文')
  expect(kindName('some_kind')).toBe('some_kind')
  expect(detailText({ fields: ['phone', 'citizen_number'], reason: '核对' })).toBe('字段 电话、公民身份号码、原因 核对')
  expect(detailText({ with: 'password' })).toBe('方式 密码')
  expect(detailText({ with: 'https://sso.example' })).toBe('方式 https://sso.example')
  expect(detailText({ kind: 'ledger', rows: 3 })).toBe('类别 老年人台账、行数 3')
  expect(detailText({ digest: 'a'.repeat(64) })).toBe('摘要 aaaaaaaa…')
  expect(detailText(null)).toBe('')
})
