// Visit records as the screens show and enter them.
import { minuteText, today } from '@tanfang/shared/dates'
import type { Form } from '@tanfang/shared/forms/form'
import { api, body, type Schemas } from './api'

export interface Finding {
  indicator: string
  given: string
  effect: string
}
export type Visit = Schemas['Visit']
export const methods: Schemas['Method'][] = ['home', 'phone', 'video', 'encounter', 'monitoring', 'other']
export const outcomes: Schemas['Outcome'][] = ['met', 'not_home', 'refused']

/** Who went: by name, where the login that stands in the record is known. */
export const visitorOf = (visit: Visit): string => visit.visitor_name ?? visit.visitor ?? ''

/** What is said of a visit's person that is not well or got worse. */
export function worrying(findings: unknown): Finding[] {
  return ((findings ?? []) as Finding[]).filter((each) => ['poor', 'fair', 'down'].includes(each.effect))
}

/** What stands at the head of a record, as it is typed. */
export interface VisitRecord {
  day: string
  from: string
  to: string
  method: Schemas['Method']
  outcome: Schemas['Outcome']
  visitor: string
}

const half = 3600_000 / 2

/** A visit of the morning: of today, or of yesterday as long as today's would lie ahead. */
export const emptyRecord = (visitor: string, now: number = Date.now()): VisitRecord => ({
  day: today(now - 19 * half),
  from: '09:00',
  to: '09:30',
  method: 'home',
  outcome: 'met',
  visitor,
})

export const recordOf = (visit: Visit): VisitRecord => ({
  day: minuteText(visit.started_at).slice(0, 10),
  from: minuteText(visit.started_at).slice(11),
  to: minuteText(visit.ended_at).slice(11),
  method: visit.method ?? 'home',
  outcome: visit.outcome ?? 'met',
  visitor: visit.visitor ?? '',
})

/** The record as the interface takes it, in the time of China. */
export const entryOf = (record: VisitRecord, person: string, key: string) => ({
  key,
  person: { id: person },
  visitor: record.visitor,
  method: record.method,
  outcome: record.outcome,
  started_at: `${record.day}T${record.from}:00+08:00`,
  ended_at: `${record.day}T${record.to}:00+08:00`,
})

/** The form that visits of a person are recorded on: `wanted` if given, else that of the first scheme that has one. */
export async function formOf(schemes: string[], wanted: string): Promise<Form | null> {
  const [wantedScheme = '', wantedName = ''] = wanted.split('/')
  for (const scheme of wanted ? [wantedScheme] : schemes) {
    const name = wanted ? wantedName : (await formsFor(scheme))[0]?.id.split('/')[1]
    if (name)
      return (await body(
        api.GET('/schemes/{scheme}/forms/{form}', { params: { path: { scheme, form: name } } }),
      )) as Form
  }
  return null
}

/** The id of the form that visits of a person are recorded on; empty where no scheme has one. */
export async function visitFormOf(id: string): Promise<string> {
  const person = await body(api.GET('/people/{person}', { params: { path: { person: id } } }))
  const form = await formOf(
    (person.verdicts ?? []).map((each) => String(each.scheme)),
    '',
  )
  return form?.id ?? ''
}

async function formsFor(scheme: string) {
  const found = await body(api.GET('/schemes/{scheme}/forms', { params: { path: { scheme } } }))
  return found.forms.filter((form) => form.use === 'visit')
}
