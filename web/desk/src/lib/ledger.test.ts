import { expect, test } from 'vitest'
import { mappingFile, orderKeys, useFields, type Order } from './ledger'

test('corrections become a mapping file, quoted', () => {
  expect(mappingFile({ 大名: 'name', '备"注': 'ignore' })).toBe('[columns]\n"大名" = "name"\n"备\\"注" = "ignore"\n')
  expect(mappingFile({})).toBe('')
})

test('a field is named in words, an unknown one by its id', () => {
  const { name, fields } = useFields()
  expect(name('ability')).toBe('能力等级')
  expect(name('emergency.phone')).toBe('紧急联系人电话')
  expect(name('x.y')).toBe('x.y')
  expect(fields.filter((field) => name(field) === field)).toEqual([])
})

test('an order sent again has its key until it was answered', () => {
  const keys = orderKeys()
  const order: Order = {
    file: new File(['a'], 'a.csv'),
    area: '370305',
    kind: 'ledger',
    registeredFrom: '',
    mapping: '',
  }
  const first = keys.of(order, false)
  expect(keys.of({ ...order }, false)).toBe(first)
  const checked = keys.of(order, true)
  expect(checked).not.toBe(first)
  expect(keys.of({ ...order, file: new File(['b'], 'a.csv') }, true)).not.toBe(checked)
  // The only way on after a lost answer is another try, which is answered.
  keys.answered(order, true)
  expect(keys.of(order, true)).not.toBe(checked)
  expect(keys.of(order, false)).toBe(first)
  keys.answered(order, false)
  expect(keys.of(order, false)).not.toBe(first)
})
