// How a field is filled in: what may be chosen, and what a press or a key makes of the answer.
import { computed, type ComputedRef, type Ref } from 'vue'
import type { Language } from '../api/problem'
import type { Answers, Field } from './form'

export interface Choice {
  code: unknown
  text: string
}

const yesNo = { zh: ['是', '否'], en: ['yes', 'no'] } as const

export function choicesOf(field: Field, language: Language): Choice[] {
  if (field.kind === 'yes_no')
    return [
      { code: true, text: yesNo[language][0] },
      { code: false, text: yesNo[language][1] },
    ]
  return (field.options ?? []).map(({ code, label }) => ({
    code,
    text: (label?.[language] ?? '').replace('__', '…'),
  }))
}

export { labelWithUnit as labelOf } from './units'

export const isChoice = (field: Field) => ['choice', 'choices', 'yes_no'].includes(field.kind)
export const isNumber = (field: Field) => field.kind === 'integer' || field.kind === 'decimal'
export const isLong = (field: Field) => field.kind === 'text' && (field.max_length ?? 0) > 300

const types: Record<string, string> = {
  integer: 'number',
  decimal: 'number',
  date: 'date',
  year_month: 'month',
  phone: 'tel',
}
export const inputType = (field: Field) => types[field.kind] ?? 'text'

/** What is typed, as an answer. */
export const typed = (field: Field, text: string): unknown =>
  text === '' ? null : isNumber(field) ? Number(text) : text

export interface Control {
  choices: ComputedRef<Choice[]>
  isHeld: (code: unknown) => boolean
  pick: (code: unknown) => void
  rows: ComputedRef<Answers[]>
  setCell: (index: number, code: string, given: unknown) => void
  addRow: () => void
  removeRow: (index: number) => void
}

/** The controls of one field over its answer; `field` and `language` are asked each time they are needed. */
export function useControl(field: () => Field, language: () => Language, value: Ref<unknown>): Control {
  const held = computed(() => (value.value ?? []) as unknown[])
  const rows = computed(() => (value.value ?? []) as Answers[])
  const isHeld = (code: unknown) => (field().kind === 'choices' ? held.value.includes(code) : value.value === code)
  function pick(code: unknown) {
    if (field().kind !== 'choices') value.value = value.value === code ? null : code
    else value.value = isHeld(code) ? held.value.filter((each) => each !== code) : [...held.value, code]
  }
  return {
    choices: computed(() => choicesOf(field(), language())),
    isHeld,
    pick,
    rows,
    setCell: (index, code, given) =>
      (value.value = rows.value.map((row, i) => (i === index ? { ...row, [code]: given } : row))),
    addRow: () => (value.value = [...rows.value, {}]),
    removeRow: (index) => (value.value = rows.value.filter((_, i) => i !== index)),
  }
}
