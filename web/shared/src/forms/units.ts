// Units of numbers as the forms write them, in both languages.
import type { Language } from '../api/problem'

const english: Record<string, string> = {
  元: 'yuan',
  万元: '10,000 yuan',
  岁: 'years',
  级: 'grade',
  次: 'times',
  天: 'days',
  人: 'people',
  分钟: 'minutes',
}

/** A unit that nobody gave an English word stays as the form has it. */
export const unitName = (unit: string, language: Language) => (language === 'en' ? (english[unit] ?? unit) : unit)

/** A number with its unit. */
export const measured = (value: string, unit: string, language: Language) =>
  unit === '' ? value : language === 'zh' ? value + unit : `${value} ${unitName(unit, language)}`
