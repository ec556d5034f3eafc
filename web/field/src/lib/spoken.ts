// What is read aloud of a person: the name, by when, and how it was last time; always in Chinese, as the voice is.
import type { BundlePerson } from '../core/types'
import { daysBetween } from './days'
import { nextOwed, whyNow } from './today'

export function spokenOf(person: BundlePerson, today: string): string {
  const owed = nextOwed(person, today)
  const left = owed ? daysBetween(today, owed.due_day) : undefined
  const due = left === undefined ? '' : left < 0 ? `已经逾期${-left}天` : left === 0 ? '今天到期' : `还有${left}天到期`
  const why = whyNow(person, owed)
    .map(({ zh }) => zh)
    .join('，')
  const all = person.last?.findings ?? []
  const poor = all.filter(({ status }) => status === 'poor' || status === 'fair')
  const found = poor.map((each) => `${each.words.zh}${each.status_words.zh}`).join('，')
  const last = person.last ? `上次的情况：${found || '没有不好的'}` : '还没有探访过'
  return [`${person.name}，${person.age}岁`, why, due, last].filter(Boolean).join('。')
}
