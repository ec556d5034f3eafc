// Made-up people and houses for the screens; days are counted from today.
import type { OutboxItem, View } from '../../field/src/core/core.ts'
import type { BundleForm, BundlePerson, Household, Obligation, Words } from '../../field/src/core/types.ts'

const w = (zh: string, en: string): Words => ({ zh, en })
const china = 8 * 3600_000
export const day = (after: number) => new Date(Date.now() + china + after * 86_400_000).toISOString().slice(0, 10)
const at = (after: number, clock = '09:30:00') => `${day(after)}T${clock}+08:00`

const owed = (due: number, more: Partial<Obligation> = {}): Obligation => ({
  label: `owed-${due}`,
  kind: 'periodic',
  words: w('每月探访一次', 'one visit a month'),
  first_day: day(Math.min(-10, due - 5)),
  last_day: day(due),
  due_day: day(due),
  min: 1,
  counted: 0,
  state: due < 0 ? 'overdue' : 'owed',
  methods: [],
  ...more,
})

const names = [
  '王秀英',
  '张桂兰',
  '李国强',
  '陈素珍',
  '刘德明',
  '杨玉梅',
  '赵长生',
  '周凤英',
  '吴永福',
  '徐淑芬',
  '孙大成',
  '欧阳兰芳',
]
const dues = [-3, 0, 4, 6, 15, 20, 2, 5, 9, 12, -1, 3]

export function personOf(i: number, form: BundleForm, answers: Record<string, unknown> | undefined): BundlePerson {
  const key = i % 3 === 0
  return {
    id: `p${i}`,
    version: `v${i}`,
    name: names[i % names.length] as string,
    sex: i % 3 === 2 ? 'male' : 'female',
    age: 70 + i,
    village: { area: '510521100015', name: '石坝村' },
    address: `${(i % 4) + 1}组${i * 7 + 3}号`,
    point: { latitude: 29.1 + i * 0.004, longitude: 105.3 },
    phone: i === 5 ? '' : `1380000${String(1000 + i)}`,
    contacts: [
      { name: `${(names[i % names.length] as string)[0]}小明`, relation: '儿子', phone: '13900001111' },
      { name: '何春花', relation: '邻居', phone: '13900002222' },
    ],
    tier: key ? { id: 'key', words: w('重点对象', 'Key person') } : { id: 'general', words: w('一般对象', 'General') },
    status: 'active',
    why: key ? [w('独居', 'lives alone'), w('重度失能', 'severe disability')] : [w('空巢', 'empty nest')],
    first_contact: i === 0,
    form: { scheme: form.scheme, form: form.form, version: form.version },
    obligations: [owed(dues[i % dues.length] as number)],
    methods: [
      { method: 'home', words: w('上门探访', 'Home visit'), counts: true },
      {
        method: 'phone',
        words: w('电话问候', 'Telephone'),
        counts: false,
        why_not: w('重点对象要上门', 'key persons are visited at home'),
      },
      { method: 'encounter', words: w('路遇', 'Encounter'), counts: true },
    ],
    ...(answers
      ? {
          last: {
            visit: `last-${i}`,
            at: at(-30),
            by: '李医生',
            method: 'home',
            form: form.definition.id,
            form_version: form.version,
            answers,
            findings: [
              {
                indicator: 'health.mobility',
                words: w('行动能力', 'Mobility'),
                status: 'poor',
                status_words: w('较差', 'poor'),
              },
              { indicator: 'mind.mood', words: w('情绪状态', 'Mood'), status: 'good', status_words: w('好', 'good') },
              {
                indicator: 'safety.gas',
                words: w('燃气安全', 'Gas safety'),
                status: 'good',
                status_words: w('安全', 'safe'),
              },
            ],
          },
        }
      : {}),
    recent: [
      { visit: `last-${i}`, at: at(-30), by: '李医生', outcome: 'met', method: 'home' },
      { visit: `before-${i}`, at: at(-61), by: '李医生', outcome: 'not_home', method: 'home' },
    ],
  }
}

/** Of a visitor who works in a whole county. */
export const county: Partial<View> = {
  villages: [
    { area: '510521100015', name: '石坝村', town: '福集镇' },
    { area: '510521100016', name: '大桥村', town: '福集镇' },
    { area: '510521101001', name: '新桥村', town: '嘉明镇' },
  ],
}

export const account = {
  login: 'fangwen',
  name: '李医生',
  role: 'visitor',
  area: '510521100015',
  area_name: '石坝村',
} as const

export const item = (state: OutboxItem['state'], key: string, more: Partial<OutboxItem> = {}): OutboxItem => ({
  key,
  kind: 'visit',
  state,
  saved_at: at(0, '08:10:00'),
  about: { person: 'p3', title: '陈素珍', outcome: 'met', at: at(0, '08:10:00') },
  attachments_waiting: 0,
  tries: 1,
  notices: [],
  mendable: state === 'refused',
  ...more,
})

/** An emergency that was typed while the phone was locked. */
export const held: Partial<View> = { held: [{ key: 'h', at: at(0, '08:20:00') }] }

/** A record that was refused with its photos and is mended; of one of them the phone has no picture any more. */
export function mendedDraft(form: BundleForm, answers: Record<string, unknown> | undefined): Partial<View> {
  const value = {
    outcome: 'met',
    method: 'home',
    method_reason: '',
    answers: { ...answers },
    carried: {},
    as_before: false,
  }
  const preview =
    'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="160" height="120"><path fill="%23a97" d="M0 0h160v120H0z"/></svg>'
  const photo = (digest: string, preview: string, role: 'photo' | 'signature' = 'photo') =>
    ({ digest, role, preview, bytes: 1, sent: true }) as const
  const photos = [photo('a', preview), photo('b', ''), photo('c', preview, 'signature')]
  const times = { begun_at: at(-1), changed_at: at(0, '08:00:00') }
  const about = { id: 'm', kind: 'visit' as const, person: 'p0', mends: 'k2', ...times }
  const reference = { scheme: form.scheme, form: form.form, version: form.version }
  return { drafts: [{ ...about, form: reference, value: { ...value, next_on: '' }, photos }] }
}

/** Twelve people with something in every state. */
export function village(form: BundleForm, answers: Record<string, unknown> | undefined): Partial<View> {
  const refusal = w('开始时间在未来，请改正时间后再保存', 'it begins in the future: mend the time and save again')
  return {
    account,
    people: names.map((_, i) => personOf(i, form, answers)),
    forms: [form],
    proposals: [{ key: 'x', person: 'p0', what: 'status', state: 'open' }],
    sync: { running: false, last: at(0, '07:45:00'), next: null, trouble: null },
    outbox: [
      item('waiting', 'k1', { attachments_waiting: 2 }),
      item('refused', 'k2', {
        about: { person: 'p6', title: '赵长生', outcome: 'met', at: at(0, '08:00:00') },
        problem: { code: 'visit.future', words: refusal },
      }),
      item('received', 'k3', { about: { person: 'p7', title: '周凤英', outcome: 'met', at: at(-1) } }),
      item('received', 'k4', { about: { person: 'p1', title: '张桂兰', outcome: 'not_home', at: at(0, '07:50:00') } }),
      item('set_aside', 'k5', { kind: 'proposal', about: { person: 'p8', title: '吴永福', at: at(-2) } }),
    ],
  }
}

export function canvass(): Partial<View> {
  const households: Household[] = Array.from({ length: 9 }, (_, i) => ({
    id: `h${i}`,
    area: account.area,
    area_name: '石坝村',
    group: i < 6 ? '一组' : '二组',
    number: `${i + 1}号`,
    ...(i % 2 ? {} : { head: names[i] as string }),
    version: '1',
    ...(i === 1 ? { result: { result: 'not_home' as const, on: day(-1) } } : {}),
  }))
  return {
    account: { ...account, role: 'village_clerk', name: '何会计' },
    canvass: { canvass: { id: 'c1', name: '冬季摸底排查', from: day(-20), to: day(20) }, households },
  }
}
