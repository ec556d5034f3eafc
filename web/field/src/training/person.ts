// The invented person one practises on, with an invented record and a short form like those of the schemes.
import type { Form } from '@tanfang/shared/forms/form'
import type { View } from '../core/core'
import type { BundlePerson, Words } from '../core/types'
import { addDays } from '../lib/days'

const w = (zh: string, en: string): Words => ({ zh, en })
const option = (code: string, label: Words, effect: string | null = null) => ({ code, label, effect, blank: null })
const states = [
  option('good', w('好', 'Good'), 'good'),
  option('fair', w('一般', 'Fair'), 'fair'),
  option('poor', w('较差', 'Poor'), 'poor'),
]
const safe = [option('safe', w('安全', 'Safe'), 'good'), option('unsafe', w('不安全', 'Unsafe'), 'poor')]
const choice = (code: string, label: Words, options: unknown[]) => ({
  code,
  label,
  kind: 'choice',
  required: true,
  required_when: null,
  options,
})

const form = {
  id: 'training/visit',
  title: w('练习用的表', 'A form to practise on'),
  sections: [
    {
      code: 'health',
      title: w('身体和心情', 'Health and mood'),
      filled_by: 'visit',
      fields: [
        choice('mobility', w('行动情况', 'Mobility'), states),
        choice('disease', w('疾病情况', 'Disease'), states),
        {
          code: 'disease_name',
          label: w('什么病', 'Which disease'),
          kind: 'text',
          max_length: 100,
          required: false,
          required_when: { kind: 'answer', subject: 'disease', values: ['poor'], parts: [] },
        },
        choice('mood', w('心情', 'Mood'), states),
      ],
    },
    {
      code: 'home',
      title: w('家里', 'At home'),
      filled_by: 'visit',
      fields: [
        choice('gas', w('燃气安全', 'Gas'), safe),
        choice('electricity', w('用电安全', 'Electricity'), safe),
        {
          code: 'notes',
          label: w('还要说明的', 'Notes'),
          kind: 'text',
          max_length: 1000,
          required: false,
          required_when: null,
        },
      ],
    },
  ],
  supplement: null,
} as unknown as Form

const reference = { scheme: 'training', form: 'visit', version: '1' }

function person(today: string): BundlePerson {
  return {
    id: 'training',
    version: '1',
    name: '练习奶奶',
    sex: 'female',
    age: 82,
    village: { area: 'training', name: '练习村' },
    address: '一组1号',
    phone: '',
    contacts: [],
    tier: { id: 'key', words: w('重点对象', 'Key person') },
    status: 'active',
    why: [w('独居', 'lives alone'), w('行动不便', 'walks badly')],
    first_contact: false,
    form: reference,
    obligations: [
      {
        label: 'training',
        kind: 'periodic',
        words: w('本周探访一次', 'one visit this week'),
        first_day: addDays(today, -4),
        last_day: addDays(today, 2),
        due_day: addDays(today, 2),
        min: 1,
        counted: 0,
        state: 'owed',
        methods: [],
      },
    ],
    methods: [
      { method: 'home', words: w('上门探访', 'Home visit'), counts: true },
      {
        method: 'phone',
        words: w('电话问候', 'Telephone'),
        counts: false,
        why_not: w('要当面看到老人', 'the elder must be seen'),
      },
    ],
    last: {
      visit: 'training-last',
      at: `${addDays(today, -8)}T09:30:00+08:00`,
      by: '您',
      method: 'home',
      form: 'training/visit',
      form_version: '1',
      answers: { mobility: 'fair', disease: 'good', mood: 'good', gas: 'safe', electricity: 'safe' },
      findings: [
        {
          indicator: 'health.mobility',
          words: w('行动情况', 'Mobility'),
          status: 'fair',
          status_words: w('一般', 'fair'),
        },
        { indicator: 'mind.mood', words: w('心情', 'Mood'), status: 'good', status_words: w('好', 'good') },
      ],
    },
    recent: [],
  }
}

export const inventedData = (today: string): Partial<View> => ({
  account: { login: 'training', name: '练习', role: 'visitor', area: 'training', area_name: '练习村' },
  people: [person(today)],
  forms: [{ ...reference, definition: form }],
})
