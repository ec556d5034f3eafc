// What the screens say. Chinese is there at once, but for what single screens bring along; English when it is chosen.
import type { Language } from '@tanfang/shared/api/problem'
import { shallowRef } from 'vue'
import { remember, remembered } from '../core/remember'
import zh from '../words/zh.json'

export type Words = { zh: string; en: string }
type Table = Record<string, Record<string, string>>
type Params = Record<string, string | number | undefined>

export const language = shallowRef<Language>('zh')
const table = shallowRef<Table>(zh as Table)

/** A screen's own Chinese words, which come with it. */
export function also(words: Table): void {
  for (const [group, own] of Object.entries(words)) (zh as Table)[group] = { ...(zh as Table)[group], ...own }
}

export async function speak(wanted: Language): Promise<void> {
  table.value = wanted === 'en' ? ((await import('../words/en.json')).default as Table) : (zh as Table)
  language.value = wanted
  remember('tanfang.language', wanted)
  document.documentElement.lang = wanted === 'en' ? 'en' : 'zh-CN'
}

/** The language that was chosen on this phone before. */
export const speakAsBefore = () => (remembered('tanfang.language') === 'en' ? speak('en') : Promise.resolve())

/** The text of `group.name`, with `{places}` filled. */
export function t(name: string, params: Params = {}): string {
  const [group = '', word = ''] = name.split('.')
  const text = table.value[group]?.[word] ?? (zh as Table)[group]?.[word] ?? name
  return text.replace(/\{(\w+)\}/g, (_, place: string) => String(params[place] ?? ''))
}

export const pick = (words: Words | null | undefined) => words?.[language.value] ?? ''
