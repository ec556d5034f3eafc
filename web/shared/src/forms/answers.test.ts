import { expect, test } from 'vitest'
import { answersInWords, compare } from './answers'
import type { Form } from './form'

const words = (zh: string, en: string) => ({ zh, en })
const form = {
  sections: [
    {
      fields: [
        {
          code: 'mood',
          label: words('情绪', 'Mood'),
          kind: 'choice',
          options: [
            { code: 'good', label: words('好', 'good') },
            { code: 'poor', label: words('差', 'poor') },
          ],
        },
        { code: 'gas', label: words('燃气', 'Gas'), kind: 'yes_no' },
        { code: 'pulse', label: words('脉搏', 'Pulse'), kind: 'integer', unit: '次' },
      ],
    },
  ],
} as unknown as Form

test('answers are read in the order of the form, unknown ones at the end', () => {
  const said = answersInWords(form, { old: 'x', pulse: 70, gas: true, mood: ['good', 'poor'], empty: '' }, 'zh')
  expect(said.map(({ label, text }) => `${label}: ${text}`)).toEqual([
    '情绪: 好、差',
    '燃气: 是',
    '脉搏: 70次',
    'old: x',
  ])
  expect(answersInWords(form, { gas: false }, 'en')).toEqual([{ code: 'gas', label: 'Gas', text: 'no' }])
  const english = answersInWords(form, { mood: ['good', 'poor'], pulse: 70 }, 'en')
  expect(english.map(({ text }) => text)).toEqual(['good, poor', '70 times'])
  expect(answersInWords(null, { gas: 1 }, 'zh')).toEqual([{ code: 'gas', label: 'gas', text: '1' }])
})

test('two records stand side by side, each answer once', () => {
  const before = answersInWords(form, { mood: 'good', gas: true }, 'zh')
  const after = answersInWords(form, { mood: 'poor', pulse: 70 }, 'zh')
  expect(compare(before, after)).toEqual([
    { code: 'mood', label: '情绪', before: '好', after: '差' },
    { code: 'pulse', label: '脉搏', before: '', after: '70次' },
    { code: 'gas', label: '燃气', before: '是', after: '' },
  ])
})
