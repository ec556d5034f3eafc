import { expect, test } from 'vitest'
import { mappingFile, useFields } from './ledger'

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
