// Units of numbers as the forms write them, in both languages.
import type { Language } from '../api/problem'
import { bracketed } from '../marks'
import type { Field } from './form'

const english: Record<string, string> = { 元: 'yuan', 万元: '10,000 yuan', 岁: 'years', 级: 'grade', 次: 'times' }

/** A unit that nobody gave an English word stays as the form has it. */
const unitName = (unit: string, language: Language) => (language === 'en' ? (english[unit] ?? unit) : unit)

/** A number as it is said: English leaves a space before the unit. */
export const withUnit = (value: unknown, unit: string, language: Language) =>
  language === 'en' ? `${String(value)} ${unitName(unit, language)}` : `${String(value)}${unit}`

/** What a field asks, with its unit. */
export const labelWithUnit = (field: Field, language: Language) =>
  field.unit ? bracketed(field.label[language], unitName(field.unit, language), language) : field.label[language]
