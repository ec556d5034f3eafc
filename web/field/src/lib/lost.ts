// What a newer form has no place for, in words; fetched only where there is any.
import type { Language } from '@tanfang/shared/api/problem'
import { answersInWords } from '@tanfang/shared/forms/answers'
import type { Answers, Form } from '@tanfang/shared/forms/form'
import { named } from '@tanfang/shared/marks'

export const lostInWords = (before: Form | undefined, lost: Answers, language: Language): string[] =>
  answersInWords(before ?? null, lost, language).map(({ label, text }) => named(label, text, language))
