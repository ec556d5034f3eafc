// Days as they are said: 11月27日, today, in three days.
import { today } from '@tanfang/shared/dates'
import { language, t } from './words'

const day = 86_400_000
const at = (date: string) => Date.parse(`${date}T00:00:00Z`)

/** Days from one date to another; negative when it lies before. */
export const daysBetween = (from: string, to: string) => Math.round((at(to) - at(from)) / day)
export const addDays = (date: string, count: number) => new Date(at(date) + count * day).toISOString().slice(0, 10)

export function dayText(date: string): string {
  if (!date) return ''
  const [, month = '', number = ''] = date.slice(0, 10).split('-')
  return language.value === 'zh'
    ? `${Number(month)}月${Number(number)}日`
    : new Date(at(date.slice(0, 10))).toLocaleDateString('en', { month: 'short', day: 'numeric', timeZone: 'UTC' })
}

/** With its year. */
export function dateText(date: string): string {
  const year = date.slice(0, 4)
  return language.value === 'zh' ? `${year}年${dayText(date)}` : `${dayText(date)}, ${year}`
}

/** A day of the past as one remembers it. */
export function agoText(date: string, now: string): string {
  const days = daysBetween(date.slice(0, 10), now)
  return days === 0 ? t('day.today') : days === 1 ? t('day.yesterday') : dayText(date)
}

/** By when it is due, counted from today. */
export function dueText(due: string, now: string): string {
  const days = daysBetween(now, due)
  if (days < 0) return t('due.over', { days: -days })
  if (days === 0) return t('due.today')
  if (days === 1) return t('due.tomorrow')
  return t('due.in', { days, day: dayText(due) })
}

export const clockText = (instant: string) => new Date(Date.parse(instant) + 8 * 3600_000).toISOString().slice(11, 16)
export const dayOf = (now: number) => today(now)
