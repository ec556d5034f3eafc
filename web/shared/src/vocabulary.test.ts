import { expect, test } from 'vitest'
import { categoryName, facts, learn, missingName, valueText } from './vocabulary'

test('values are said in words', () => {
  expect(valueText(facts.sex, 'female', 'zh')).toBe('女')
  expect(valueText(facts.has_spouse, false, 'zh')).toBe('否')
  expect(valueText(facts.disability_grade, 1, 'zh')).toBe('1级')
  expect(valueText(facts.disability_grade, 1, 'en')).toBe('1')
  expect(valueText(facts.living_with, ['spouse', 'child'], 'zh')).toBe('配偶、子女')
  expect(valueText(facts.welfare, [], 'en')).toBe('none')
  expect(valueText(facts.birth_date, '1964-12-08', 'zh')).toBe('1964-12-08')
})

test('lists of children are said one a line', () => {
  const children = [{ alive: true, lives_in: 'elsewhere' }, { alive: false }]
  expect(valueText(facts.children, children, 'zh')).toBe('1. 在世：是，子女居住情况：县外\n2. 在世：否')
})

test('what nobody gave a word is shown as it is', () => {
  expect(valueText(undefined, 'odd', 'zh')).toBe('odd')
  expect(categoryName('of_its_own', 'zh')).toBe('of_its_own')
  expect(missingName('nobody[].knows', 'zh')).toBe('nobody[].knows')
})

test('what is missing of children is said with its owner', () => {
  expect(missingName('children[].adopted', 'zh')).toBe('子女的收养')
  expect(missingName('special_family', 'en')).toBe(facts.special_family?.en)
})

test('facts of a deployment are learnt, those of the common vocabulary stay', () => {
  const words = { zh: '养犬', en: 'keeps a dog' }
  const values = [{ id: 'big', words: { zh: '大型犬', en: 'a big one' } }]
  const fact = { id: 'dog', type: 'choice' as const, words, values, members: [], schemes: ['x-2024'] }
  learn([fact, { ...fact, id: 'sex' }])
  expect(valueText(facts.dog, 'big', 'zh')).toBe('大型犬')
  expect(facts.sex?.zh).toBe('性别')
})
