// What is carried over from an earlier record or an open draft into a form, so that only what changed is touched.
import { answerableFields, isAnswered, judge, type Answers, type Circumstances, type Field, type Form } from './form'

/** A text longer than this is a report of what was done that day, not a state that lasts. */
const longestState = 300

/** A state lasts until it is seen to have changed; what was measured, done or suggested is of its day. */
function lasts(field: Field): boolean {
  if (['choice', 'choices', 'yes_no', 'rows', 'phone', 'area', 'citizen_number'].includes(field.kind)) return true
  return field.kind === 'text' && (field.max_length ?? 0) <= longestState
}

const says = (field: Field, code: unknown) => (field.options ?? []).some((option) => option.code === code)

/** Whether an answer can stand in a field as the field is now. */
export function fits(field: Field, value: unknown): boolean {
  switch (field.kind) {
    case 'choice':
      return says(field, value)
    case 'choices':
      return Array.isArray(value) && value.every((each) => says(field, each))
    case 'yes_no':
      return typeof value === 'boolean'
    case 'integer':
    case 'decimal':
      return typeof value === 'number'
    case 'rows':
      return Array.isArray(value) && value.every((row) => typeof row === 'object' && row !== null)
    default:
      return typeof value === 'string'
  }
}

/** "Better" was better than the time before that: as before it is unchanged. */
function asBefore(field: Field, value: unknown): unknown {
  return field.options?.find((option) => option.effect === 'same')?.code ?? value
}

/** Details of an answer that is no longer given go with it. */
function withoutIdle(form: Form, answers: Answers, around: Circumstances): Answers {
  const idle = answerableFields(form).filter(
    ({ code, required_when: when }) => code in answers && when && judge(when, answers, around) === false,
  )
  const details = idle.filter(({ required_when: when }) => /"answer(ed)?"/.test(JSON.stringify(when)))
  if (details.length === 0) return answers
  const gone = new Set(details.map(({ code }) => code))
  const left = Object.fromEntries(Object.entries(answers).filter(([code]) => !gone.has(code)))
  return withoutIdle(form, left, around)
}

/** The answers that "all as before" gives on this form. */
export function carriedOver(form: Form, last: Answers, around: Circumstances): Answers {
  const carried: Answers = {}
  for (const field of answerableFields(form)) {
    const value = last[field.code]
    if (isAnswered(value) && lasts(field) && fits(field, value)) carried[field.code] = asBefore(field, value)
  }
  return withoutIdle(form, carried, around)
}

/** A draft's answers on a form that has changed since: those that still fit, and the codes of those that do not. */
export function refit(form: Form, answers: Answers): { kept: Answers; gone: string[] } {
  const fields = new Map(answerableFields(form).map((field) => [field.code, field]))
  const kept: Answers = {}
  const gone: string[] = []
  for (const [code, value] of Object.entries(answers)) {
    if (!isAnswered(value)) continue
    const field = fields.get(code)
    if (field && fits(field, value)) kept[code] = value
    else gone.push(code)
  }
  return { kept, gone }
}

/** Whether two answers say the same; the order of ticks does not matter. */
export function sameAnswer(one: unknown, other: unknown): boolean {
  if (!isAnswered(one) || !isAnswered(other)) return isAnswered(one) === isAnswered(other)
  const plain = (value: unknown) =>
    JSON.stringify(Array.isArray(value) && typeof value[0] !== 'object' ? [...value].sort() : value)
  return plain(one) === plain(other)
}

/** The codes whose answers differ. */
export function changedSince(before: Answers, after: Answers): string[] {
  const codes = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...codes].filter((code) => !sameAnswer(before[code], after[code]))
}
