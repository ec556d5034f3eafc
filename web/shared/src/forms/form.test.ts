import { expect, test } from 'vitest'
import { answersToSend, check, isAsked, judge, seasonsOn, type Condition, type Field, type Form } from './form'
import { asksSeasons, circumstancesOn } from './seasons'

const words = { zh: '题', en: 'question' }
const field = (code: string, more: Partial<Field> = {}) =>
  ({ code, label: words, kind: 'text', required: false, required_when: null, prefill: null, ...more }) as Field
const severe: Condition = { kind: 'answer', subject: 'disease', values: ['severe'], parts: [] }
const form = {
  id: 'x/visit',
  sections: [
    {
      code: 'health',
      title: words,
      filled_by: 'visit',
      block: null,
      fields: [
        field('visited_on', { kind: 'date', prefill: 'visit.date', required: true }),
        field('disease', { kind: 'choice', required: true }),
        field('disease_name', { required_when: severe, max_length: 3 }),
        field('gas', { kind: 'choice', required_when: { kind: 'method', values: ['home'], subject: '', parts: [] } }),
        field('weight', { kind: 'decimal', minimum: 20, maximum: 200 }),
        field('signature', { kind: 'signature', required: true }),
      ],
    },
    { code: 'file', title: words, filled_by: 'person', block: null, fields: [field('name', { required: true })] },
  ],
  supplement: {
    sections: [
      { code: 'more', title: words, filled_by: 'visit', block: null, fields: [field('note', { required: true })] },
    ],
    supplement: null,
  },
} as unknown as Form
const home = { method: 'home', facts: { ability: 'severe' } }

test('what is missing, too long or out of its limits is told by field', () => {
  expect(check(form, { weight: 10 }, home)).toEqual({
    disease: { fault: 'missing' },
    gas: { fault: 'missing' },
    weight: { fault: 'low', limit: 20 },
    note: { fault: 'missing' },
  })
  const answers = { disease: 'severe', disease_name: '高血压病', gas: 'safe', weight: 201, note: ' ' }
  expect(check(form, answers, home)).toEqual({
    disease_name: { fault: 'long', limit: 3 },
    weight: { fault: 'high', limit: 200 },
    note: { fault: 'missing' },
  })
})

test('another method asks other fields, none of them hidden', () => {
  const answers = { disease: 'unchanged', note: '好' }
  expect(check(form, answers, { ...home, method: 'phone' })).toEqual({})
  const gas = form.sections[0]?.fields[3] as Field
  expect(isAsked(gas, answers, { ...home, method: 'phone' })).toBe(true)
})

test('a season asks its fields by the day of the visit, also over the new year', () => {
  const seasons = [
    { id: 'flood', from: '06-01', to: '09-30' },
    { id: 'heating', from: '11-01', to: '03-31' },
  ]
  const on = (date: string) => seasonsOn(seasons, date)
  expect([on('2026-06-01'), on('2026-09-30T23:00:00+08:00')]).toEqual([['flood'], ['flood']])
  expect([on('2026-11-01'), on('2027-01-15'), on('2027-03-31')]).toEqual([['heating'], ['heating'], ['heating']])
  expect([on('2026-10-31'), on('2026-04-01')]).toEqual([[], []])
  const heating = { kind: 'season', subject: '', values: ['heating'], parts: [] } as Condition
  expect(judge(heating, {}, { ...home, seasons: on('2027-01-15') })).toBe(true)
  expect(judge(heating, {}, { ...home, seasons: on('2026-06-15') })).toBe(false)
  expect(judge(heating, {}, home)).toBe(null)

  const warmth = field('warmth', { required_when: heating })
  const winter = { ...form, sections: [{ ...form.sections[0]!, fields: [warmth] }], supplement: null } as Form
  expect([asksSeasons(form), asksSeasons(winter)]).toEqual([false, true])
  const asked = (date: string) => Object.keys(check(winter, {}, circumstancesOn('home', {}, seasons, date)))
  expect([asked('2026-12-01'), asked('2026-07-01')]).toEqual([['warmth'], []])
  expect(check(winter, {}, circumstancesOn('home', {}, undefined, '2026-12-01'))).toEqual({})
})

test('a fact that is true is asked for as true', () => {
  const alone = { kind: 'fact', subject: 'has_spouse', values: ['false'], parts: [] } as Condition
  expect(judge(alone, {}, { ...home, facts: { has_spouse: false } })).toBe(true)
  expect(judge(alone, {}, { ...home, facts: { has_spouse: true } })).toBe(false)
})

test('only what is asked is sent', () => {
  const answers = {
    disease: 'unchanged',
    disease_name: '',
    gas: 'safe',
    note: '好',
    visited_on: '2026-11-01',
    name: '张三',
  }
  expect(answersToSend(form, answers, home)).toEqual({ disease: 'unchanged', gas: 'safe', note: '好' })
})

const of = (kind: Condition['kind'], parts: Condition[]): Condition => ({ kind, subject: '', values: [], parts })
const fact = (subject: string, ...values: string[]): Condition => ({ kind: 'fact', subject, values, parts: [] })

test.each([
  [fact('ability', 'severe'), true],
  [fact('ability', 'mild'), false],
  [fact('welfare', 'low_income'), null],
  [of('all', [fact('ability', 'severe'), fact('welfare', 'x')]), null],
  [of('all', [fact('ability', 'mild'), fact('welfare', 'x')]), false],
  [of('any', [fact('ability', 'severe'), fact('welfare', 'x')]), true],
  [of('none', [fact('ability', 'mild')]), true],
  [of('none', [fact('welfare', 'x')]), null],
  [{ kind: 'answer', subject: 'both', values: ['b'], parts: [] } as Condition, true],
  [{ kind: 'answer', subject: 'agreed', values: ['yes'], parts: [] } as Condition, true],
  [{ kind: 'answered', subject: 'empty', values: [], parts: [] } as Condition, false],
])('%j', (condition, verdict) =>
  expect(judge(condition, { both: ['a', 'b'], agreed: true, empty: [] }, home)).toBe(verdict),
)
