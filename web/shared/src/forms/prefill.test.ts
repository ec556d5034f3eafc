import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { expect, test } from 'vitest'
import { choicesOf, typed } from './control'
import { check, type Condition, type Field, type Form } from './form'
import { carriedOver, changedSince, refit, sameAnswer } from './prefill'

const words = { zh: '题', en: 'question' }
const field = (code: string, more: Partial<Field> = {}) =>
  ({ code, label: words, kind: 'text', required: false, required_when: null, prefill: null, ...more }) as Field
const is = (subject: string, ...values: string[]): Condition => ({ kind: 'answer', subject, values, parts: [] })
const option = (code: string, effect: string | null = null) => ({ code, label: words, effect, blank: null })
const formOf = (...fields: Field[]) =>
  ({
    id: 'x/visit',
    sections: [{ code: 's', title: words, filled_by: 'visit', block: null, fields }],
    supplement: null,
  }) as unknown as Form
const home = { method: 'home', facts: {} }

const form = formOf(
  field('visited_on', { kind: 'date', prefill: 'visit.date' }),
  field('mood', { kind: 'choice', options: [option('unchanged', 'same'), option('worse', 'down')] }),
  field('disease', {
    kind: 'choice',
    options: [option('unchanged', 'same'), option('severe', 'poor')],
  }),
  field('disease_name', { max_length: 100, required_when: is('disease', 'severe') }),
  field('gas', {
    kind: 'choice',
    options: [option('safe', 'good'), option('unsafe', 'poor')],
    required_when: { kind: 'method', subject: '', values: ['home'], parts: [] },
  }),
  field('needs', { kind: 'choices', options: [option('meals'), option('other')] }),
  field('needs_other', { max_length: 200, required_when: is('needs', 'other') }),
  field('care_given', { max_length: 1000 }),
  field('temperature', { kind: 'decimal' }),
  field('alone', { kind: 'yes_no' }),
  field('household', { kind: 'rows', max_rows: 3, columns: [field('name', { required: true })] }),
)
const last = {
  mood: 'worse',
  disease: 'severe',
  disease_name: '高血压',
  gas: 'unsafe',
  needs: ['other', 'meals'],
  needs_other: '修灯',
  care_given: '打扫了院子',
  temperature: 18,
  alone: true,
  household: [{ name: '张三' }],
  old: 'x',
}

test('as before: states stand, changes become none, what belongs to its day is left out', () => {
  expect(carriedOver(form, last, home)).toEqual({
    mood: 'unchanged',
    disease: 'unchanged',
    gas: 'unsafe',
    needs: ['other', 'meals'],
    needs_other: '修灯',
    alone: true,
    household: [{ name: '张三' }],
  })
})

test('as before by telephone keeps what was seen at home', () => {
  expect(carriedOver(form, { gas: 'safe' }, { ...home, method: 'phone' })).toEqual({ gas: 'safe' })
})

test('an answer that the form does not offer any more is not carried over', () => {
  expect(carriedOver(form, { gas: 'green', needs: ['meals', 'gone'], alone: 'yes' }, home)).toEqual({})
})

test('a draft on a changed form keeps what fits and names the rest', () => {
  expect(refit(form, { mood: 'worse', gas: 'green', old: 'x', temperature: '18', empty: '' })).toEqual({
    kept: { mood: 'worse' },
    gone: ['gas', 'old', 'temperature'],
  })
})

test('changes are counted by answer, the order of ticks aside', () => {
  expect(sameAnswer(['a', 'b'], ['b', 'a'])).toBe(true)
  expect(sameAnswer('', undefined)).toBe(true)
  expect(sameAnswer(false, undefined)).toBe(false)
  expect(changedSince({ a: 1, b: 'x', c: ['p'] }, { a: 1, b: 'y', d: true })).toEqual(['b', 'c', 'd'])
})

test('cells of rows, whole numbers and telephones are checked where they stand', () => {
  const asked = formOf(
    field('household', {
      kind: 'rows',
      columns: [field('name', { required: true }), field('phone', { kind: 'phone' })],
    }),
    field('count', { kind: 'integer' }),
    field('phone', { kind: 'phone' }),
  )
  expect(
    check(asked, { household: [{ name: '张三' }, { phone: '12' }], count: 1.5, phone: '0830-123 4567' }, home),
  ).toEqual({
    'household[1].name': { fault: 'missing' },
    'household[1].phone': { fault: 'phone' },
    count: { fault: 'whole' },
  })
  expect(check(asked, { phone: 'call me' }, home)).toEqual({ phone: { fault: 'phone' } })
})

test('a field offers its choices and reads what is typed', () => {
  expect(choicesOf(field('a', { kind: 'yes_no' }), 'en').map(({ text }) => text)).toEqual(['yes', 'no'])
  expect(typed(field('n', { kind: 'integer' }), '7')).toBe(7)
  expect(typed(field('n', { kind: 'integer' }), '')).toBe(null)
  expect(typed(field('t'), '7')).toBe('7')
})

// The shipped forms as they are: nothing that was measured or done on one day is carried to the next.
const schemes = join(import.meta.dirname, '../../../../schemes')
const shipped = readdirSync(schemes, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'common')
  .map((entry) => entry.name)
test('five schemes are shipped', () => expect(shipped).toHaveLength(5))
test.each(shipped)('long texts and measures of %s stay with their day', (scheme) => {
  const folder = join(schemes, scheme, 'forms')
  for (const name of readdirSync(folder)) {
    const { section } = parse(readFileSync(join(folder, name), 'utf8')) as { section: { fields: Field[] }[] }
    const fields = section.flatMap((each) => each.fields).map((each) => ({ ...field(each.code), ...each }))
    const texts = Object.fromEntries(fields.map(({ code, kind }) => [code, /decimal|integer/.test(kind) ? 1 : '文字']))
    const carried = Object.keys(
      carriedOver(formOf(...fields.map((each) => ({ ...each, required_when: null }))), texts, home),
    )
    for (const code of ['care_given', 'care_suggested', 'temperature', 'visited_on'])
      expect(carried).not.toContain(code)
  }
})
