// Marks between words: those of Chinese are other characters than those of English.
import type { Language } from './api/problem'

export const listed = (texts: readonly string[], language: Language) => texts.join(language === 'zh' ? '、' : ', ')

/** Sentences or facts that stand in one line. */
export const inLine = (texts: readonly string[], language: Language) => texts.join(language === 'zh' ? '；' : '; ')

/** `name: text`; the name alone where there is no text. */
export const named = (name: string, text: string, language: Language) =>
  text === '' ? name : name + (language === 'zh' ? '：' : ': ') + text

/** What is said of it behind it, in brackets. */
export const bracketed = (text: string, beside: string, language: Language) =>
  language === 'zh' ? `${text}（${beside}）` : `${text} (${beside})`
