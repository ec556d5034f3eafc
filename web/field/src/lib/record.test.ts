import { check, type Form } from '@tanfang/shared/forms/form'
import { expect, test } from 'vitest'
import type { Draft } from '../core/core'
import { inventedData } from '../training/person'
import { createTrainingCore } from '../training/core'
import { lostInWords } from './lost'
import { valueOf } from './refused'
import {
  changesOf,
  circumstancesOf,
  contentOf,
  freshVisit,
  methodsFor,
  onNewForm,
  resumed,
  usualMethod,
  written,
  type VisitValue,
} from './record'

const today = '2026-11-20'
const { people, forms } = inventedData(today)
const elder = people![0]!
const form = forms![0]!.definition
const draftOf = (value: VisitValue): Draft<VisitValue> => ({
  id: 'd',
  kind: 'visit',
  person: elder.id,
  form: elder.form,
  begun_at: '2026-11-20T09:00:00+08:00',
  changed_at: '',
  value,
  photos: [{ digest: 's', role: 'signature', preview: '', bytes: 1 }],
})
const end = '2026-11-20T09:20:00+08:00'

test('what a season asks is required by the day of the visit, with or without a network', () => {
  const season = { kind: 'season', subject: '', values: ['heating'], parts: [] }
  const temperature = {
    code: 'temperature',
    kind: 'decimal',
    label: { zh: '室内温度', en: 'x' },
    required_when: season,
  }
  const section = { ...form.sections[0]!, code: 'heating', filled_by: 'visit', fields: [temperature] }
  const winter = { ...form, sections: [section], supplement: null } as unknown as Form
  const heating = { id: 'heating', words: { zh: '供暖季', en: 'heating' }, from: '11-01', to: '03-31' }
  const known = { ...forms![0]!, definition: winter, seasons: [heating] }
  const value = freshVisit(elder, winter, today)
  const missing = (begun_at: string) => Object.keys(check(winter, {}, circumstancesOf(value, elder, known, begun_at)))
  expect(missing('2026-11-20T09:00:00+08:00')).toEqual(['temperature'])
  expect(missing('2026-06-20T09:00:00+08:00')).toEqual([])
  value.started_at = '2027-03-31T09:00:00+08:00'
  expect(missing('2027-04-02T09:00:00+08:00')).toEqual(['temperature'])
})

test('nothing touched is sent as unchanged from the last visit', () => {
  const content = contentOf(draftOf(freshVisit(elder, form, today)), form, end)
  expect(content).toEqual({
    person: 'training',
    method: 'home',
    started_at: '2026-11-20T09:00:00+08:00',
    ended_at: end,
    outcome: 'met',
    form: 'training/visit',
    form_version: '1',
    answers: { mobility: 'fair', disease: 'good', mood: 'good', gas: 'safe', electricity: 'safe' },
    attachments: ['s'],
    signature: 's',
    unchanged_from: 'training-last',
  })
})

test('one change is one change, and no longer unchanged', () => {
  const value = freshVisit(elder, form, today)
  value.answers = { ...value.answers, disease: 'poor', disease_name: '肺炎' }
  expect(changesOf(value).sort()).toEqual(['disease', 'disease_name'])
  const content = contentOf(draftOf(value), form, end)
  expect(content.unchanged_from).toBeUndefined()
  expect(content.answers).toMatchObject({ disease: 'poor', disease_name: '肺炎' })
})

test('nobody home sends no answers but when it is tried again and why there is no place', () => {
  const value: VisitValue = {
    ...freshVisit(elder, form, today),
    outcome: 'not_home',
    next_on: '2026-11-22',
    position_missing: 'denied',
  }
  const content = contentOf(draftOf(value), form, end)
  expect(content).toMatchObject({ outcome: 'not_home', next_on: '2026-11-22', position_missing: 'denied' })
  expect(content.answers).toBeUndefined()
  expect(valueOf(content)).toMatchObject({ outcome: 'not_home', next_on: '2026-11-22' })
})

test('a mended record keeps its times', () => {
  const had = contentOf(draftOf(freshVisit(elder, form, today)), form, end)
  const draft = { ...draftOf(valueOf(had)), begun_at: '2026-11-23T08:00:00+08:00' }
  const now = '2026-11-23T08:05:00+08:00'
  const again = contentOf(resumed(draft, now), form, now)
  expect(again).toMatchObject({ started_at: had.started_at, ended_at: end, attachments: ['s'], signature: 's' })
})

test('a mended record that an older version kept as a draft has its photos and its signature', () => {
  const had = { ...valueOf(contentOf(draftOf(freshVisit(elder, form, today)), form, end)) }
  const { started_at, ...timeless } = had
  const now = '2026-11-20T18:00:00+08:00'
  const later = '2026-11-23T08:05:00+08:00'
  for (const [value, at] of [
    [had, now],
    [timeless, now],
    [timeless, later],
  ] as const) {
    const older = { ...value, attachments: ['p', 's'], signature: 's' } as unknown as VisitValue
    const draft = resumed({ ...draftOf(older), photos: [] }, at)
    expect(draft.photos.map(({ digest, role, sent }) => [digest, role, sent])).toEqual([
      ['p', 'photo', true],
      ['s', 'signature', true],
    ])
    expect(Object.keys(draft.value)).not.toContain('attachments')
    expect(Object.keys(draft.value)).not.toContain('signature')
    expect(contentOf(draft, form, at)).toMatchObject({ attachments: ['p', 's'], signature: 's' })
    expect(resumed(draft, at).photos).toEqual(draft.photos)
    const photos = [{ digest: 'new', role: 'signature' as const, preview: '', bytes: 1 }]
    const signed = resumed({ ...draftOf(older), photos }, at)
    expect(contentOf(signed, form, at)).toMatchObject({ attachments: ['p', 'new'], signature: 'new' })
  }
  expect(started_at).toBeDefined()
})

test('a draft of another day stays a visit of that day; one of today goes on', () => {
  const draft = { ...draftOf(freshVisit(elder, form, today)), changed_at: end }
  expect(resumed(draft, '2026-11-20T18:00:00+08:00')).toBe(draft)
  const now = '2026-11-22T10:00:00+08:00'
  const later = resumed(draft, now)
  expect(later.value.answers).toEqual(draft.value.answers)
  expect(contentOf(later, form, now)).toMatchObject({ started_at: draft.begun_at, ended_at: end })
})

test('where the phone is alone is nothing written', () => {
  const value = freshVisit(elder, form, today)
  const before = written(value)
  expect(written({ ...value, position: { latitude: 29, longitude: 105, accuracy_metres: 9 } })).toBe(before)
  expect(written({ ...value, position_missing: 'timeout' })).toBe(before)
  expect(written({ ...value, next_on: '2026-11-22' })).not.toBe(before)
})

test('a visit never ends before it began', () => {
  const content = contentOf(draftOf(freshVisit(elder, form, today)), form, '2026-11-20T08:00:00+08:00')
  expect(content.started_at).toBe(content.ended_at)
})

test('a form that changed keeps what fits and tells the rest in words', () => {
  const newer = { ...form, sections: [{ ...form.sections[1]! }] } as Form
  const { value, lost } = onNewForm(freshVisit(elder, form, today), newer)
  expect(value.answers).toEqual({ gas: 'safe', electricity: 'safe' })
  expect(lostInWords(form, lost, 'zh')).toEqual(['行动情况：一般', '疾病情况：好', '心情：好'])
})

test('only methods that count for what is owed can be chosen, with the reason', () => {
  const methods = elder.methods.map((each) => ({ ...each, counts: true }))
  const words = { zh: '要上门', en: 'at home' }
  const obligations = elder.obligations.map((each) => ({ ...each, methods: ['home'], methods_words: words }))
  const judged = methodsFor({ ...elder, methods, obligations }, today)
  expect(judged.map(({ method, counts, why_not }) => [method, counts, why_not?.zh])).toEqual([
    ['home', true, undefined],
    ['phone', false, '要上门'],
  ])
  expect(
    usualMethod([
      { method: 'home', words, counts: false },
      { method: 'phone', words, counts: true },
    ]),
  ).toBe('phone')
})

test('training keeps a draft, saves it once and sends nothing', async () => {
  const core = createTrainingCore()
  const draft = core.draft('visit', 'training', () => 1)
  await core.keepDraft(draft)
  expect(core.view.drafts).toHaveLength(1)
  const content = contentOf(draftOf(freshVisit(elder, form, today)), form, end)
  await core.save('visit', draft.id, content, { title: 'x', at: end })
  await core.save('visit', draft.id, content, { title: 'x', at: end })
  expect(core.view.outbox.map(({ state }) => state)).toEqual(['received'])
  expect(core.view.drafts).toHaveLength(0)
})
