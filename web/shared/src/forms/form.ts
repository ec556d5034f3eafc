// A scheme's form: its conditions and what is asked of the answers, as the server judges them; the server has the last word.
import type { components } from '../api/schema'

type Schemas = components['schemas']
export type Form = Schemas['Form']
export type Section = Schemas['FormSection']
export type Field = Schemas['FormField']
export type Condition = Schemas['FormCondition']
export type Answers = Record<string, unknown>

/** What a condition may ask of besides the answers. */
export interface Circumstances {
  method: string
  facts: Record<string, unknown>
  /** The seasons of the day of the visit; without them nothing is asked for a season. */
  seasons?: readonly string[]
}

/** From one day of each year to another, both included: `11-01` to `03-31`. */
export interface Season {
  id: string
  from: string
  to: string
}

/** Those that a day (`2026-11-23`) lies in, as the server tells them. */
export function seasonsOn(seasons: readonly Season[], date: string): string[] {
  const day = date.slice(5, 10)
  const holds = ({ from, to }: Season) => (from <= to ? from <= day && day <= to : from <= day || day <= to)
  return seasons.filter(holds).map(({ id }) => id)
}

export function isAnswered(value: unknown): boolean {
  if (value === null || value === undefined) return false
  if (typeof value === 'string') return value.trim() !== ''
  return !Array.isArray(value) || value.length > 0
}

function holdsOneOf(value: unknown, wanted: readonly string[]): boolean | null {
  if (!isAnswered(value)) return Array.isArray(value) ? false : null
  const held = Array.isArray(value) ? value : [value]
  return held.some((each) => wanted.includes(typeof each === 'boolean' ? (each ? 'yes' : 'no') : String(each)))
}

/** A fact that is true is asked for as `true`, not as the answer `yes`. */
const ofFacts = (value: unknown) => (typeof value === 'boolean' ? String(value) : value)

/** Null where it is not known; three-valued as everywhere in the rules. */
export function judge(condition: Condition, answers: Answers, around: Circumstances): boolean | null {
  const { kind, subject = '', values = [], parts = [] } = condition
  const judged = () => parts.map((part) => judge(part, answers, around))
  switch (kind) {
    case 'answer':
      return holdsOneOf(answers[subject], values) ?? false
    case 'answered':
      return isAnswered(answers[subject])
    case 'fact':
      return subject in around.facts ? holdsOneOf(ofFacts(around.facts[subject]), values) : null
    case 'method':
      return values.includes(around.method)
    case 'season':
      return around.seasons ? values.some((season) => around.seasons?.includes(season)) : null
    case 'all':
      return judged().includes(false) ? false : judged().includes(null) ? null : true
    case 'any':
      return judged().includes(true) ? true : judged().includes(null) ? null : false
    case 'none':
      return judged().includes(true) ? false : judged().includes(null) ? null : true
    default:
      return null
  }
}

const asksAnswers = (condition: Condition): boolean =>
  condition.kind === 'answer' || condition.kind === 'answered' || (condition.parts ?? []).some(asksAnswers)

/** Computed from the record itself, or written by hand on paper. */
const made = (field: Field) => /^(visit|person|plan)\./.test(field.prefill ?? '') || field.kind === 'signature'

/** Whether a field is asked now: one that hangs on another answer only once that was given. */
export function isAsked(field: Field, answers: Answers, around: Circumstances): boolean {
  if (made(field)) return false
  const condition = field.required_when
  if (!condition || !asksAnswers(condition)) return true
  return judge(condition, answers, around) !== false || isAnswered(answers[field.code])
}

export const isRequired = (field: Field, answers: Answers, around: Circumstances): boolean =>
  field.required || (field.required_when ? judge(field.required_when, answers, around) === true : false)

/** Sections that a visitor fills, those of the form beside it among them. */
export function sectionsToFill(form: Form): Section[] {
  const beside = form.supplement ? sectionsToFill(form.supplement as Form) : []
  return [...form.sections.filter((section) => section.filled_by === 'visit'), ...beside]
}

/** Fields that somebody answers during a visit: not those made from the record itself. */
export const answerableFields = (form: Form): Field[] =>
  sectionsToFill(form)
    .flatMap((section) => section.fields)
    .filter((field) => !made(field))

export type Fault = 'missing' | 'low' | 'high' | 'long' | 'whole' | 'phone'

export interface FaultOf {
  fault: Fault
  limit?: number
}
type Faults = Record<string, FaultOf>

const isPhone = (text: string) => /^\+*[\d -]*$/.test(text) && /^\d{5,15}$/.test(text.replace(/\D/g, ''))

function faultOf(field: Field, value: unknown, required: boolean): FaultOf | null {
  if (!isAnswered(value)) return required ? { fault: 'missing' } : null
  if (typeof value === 'number') {
    if (field.kind === 'integer' && !Number.isInteger(value)) return { fault: 'whole' }
    if (field.minimum != null && value < field.minimum) return { fault: 'low', limit: field.minimum }
    if (field.maximum != null && value > field.maximum) return { fault: 'high', limit: field.maximum }
  }
  if (typeof value === 'string') {
    if (field.max_length && [...value].length > field.max_length) return { fault: 'long', limit: field.max_length }
    if (field.kind === 'phone' && !isPhone(value)) return { fault: 'phone' }
  }
  return null
}

/** Faults of the cells of a field's rows, by `field[row].column` as the server names them. */
function faultsOfRows(field: Field, rows: readonly Answers[]): Faults {
  const faults: Faults = {}
  for (const [i, row] of rows.entries()) {
    for (const column of field.columns ?? []) {
      const found = faultOf(column, row[column.code], column.required)
      if (found) faults[`${field.code}[${i}].${column.code}`] = found
    }
  }
  return faults
}

/** Faults by field; none where the record may be sent. */
export function check(form: Form, answers: Answers, around: Circumstances): Faults {
  const faults: Faults = {}
  for (const field of answerableFields(form)) {
    if (!isAsked(field, answers, around)) continue
    const value = answers[field.code]
    const found = faultOf(field, value, isRequired(field, answers, around))
    if (found) faults[field.code] = found
    if (field.kind === 'rows' && Array.isArray(value)) Object.assign(faults, faultsOfRows(field, value as Answers[]))
  }
  return faults
}

/** What is sent: answers of fields that are asked, blanks left out. */
export function answersToSend(form: Form, answers: Answers, around: Circumstances): Answers {
  const fields = answerableFields(form)
  return Object.fromEntries(
    fields
      .filter((field) => isAsked(field, answers, around) && isAnswered(answers[field.code]))
      .map((field) => [field.code, answers[field.code]]),
  )
}
