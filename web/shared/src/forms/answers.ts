// What was answered on a form, as people read it.
import type { Language } from '../api/problem'
import { listed } from '../marks'
import { isAnswered, type Answers, type Field, type Form } from './form'
import { withUnit } from './units'

export interface Answered {
  code: string
  label: string
  text: string
}

const yesNo: Record<Language, [string, string]> = { zh: ['否', '是'], en: ['no', 'yes'] }

function textOf(field: Field, value: unknown, language: Language): string {
  if (!isAnswered(value)) return ''
  if (typeof value === 'boolean') return yesNo[language][Number(value)] as string
  if (Array.isArray(value)) {
    const texts = value.map((each) => textOf(field, each, language))
    return field.kind === 'rows' ? texts.join('\n') : listed(texts, language)
  }
  if (typeof value === 'object') return Object.values(value as object).join(' ')
  const option = field.options?.find((each) => each.code === value)
  return option?.label?.[language] ?? (field.unit ? withUnit(value, field.unit, language) : String(value))
}

function fieldsOf(form: Form): Field[] {
  const own = form.sections.flatMap((section) => section.fields)
  return form.supplement ? [...own, ...fieldsOf(form.supplement as Form)] : own
}

/** The answers in the order of the form; those that it does not know of stand at the end under their own name. */
export function answersInWords(form: Form | null, answers: Answers, language: Language): Answered[] {
  const fields = form ? fieldsOf(form) : []
  const known = fields
    .filter((field) => isAnswered(answers[field.code]))
    .map((field) => ({
      code: field.code,
      label: field.label[language],
      text: textOf(field, answers[field.code], language),
    }))
  const codes = new Set(fields.map((field) => field.code))
  const others = Object.entries(answers).filter(([code, value]) => !codes.has(code) && isAnswered(value))
  return [...known, ...others.map(([code, value]) => ({ code, label: code, text: String(value) }))]
}

export interface Compared {
  code: string
  label: string
  before: string
  after: string
}

/** Two records of one form side by side, in the order of the later one. */
export function compare(before: Answered[], after: Answered[]): Compared[] {
  const rows = new Map<string, Compared>()
  for (const { code, label, text } of after) rows.set(code, { code, label, before: '', after: text })
  for (const { code, label, text } of before) {
    const row = rows.get(code)
    if (row) row.before = text
    else rows.set(code, { code, label, before: text, after: '' })
  }
  return [...rows.values()]
}
