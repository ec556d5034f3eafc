// A rule of a scheme read aloud: the names of the rule language in the words of the vocabulary and of the scheme.
import type { Language } from '@tanfang/shared/api/problem'
import { facts, ruleWords, type FactWords, type Words } from '@tanfang/shared/vocabulary'

const phrases: [RegExp, Words][] = [
  [/^every child in children\b/, { zh: '每个子女', en: 'every child' }],
  [/^some child in children\b/, { zh: '有子女', en: 'some child' }],
  [/^is not empty\b/, { zh: '不为空', en: 'is not empty' }],
  [/^is empty\b/, { zh: '为空', en: 'is empty' }],
  [/^holds none of\b/, { zh: '不含', en: 'holds none of' }],
  [/^holds\b/, { zh: '含', en: 'holds' }],
  [/^where\b/, { zh: '，其中', en: 'where' }],
  [/^and\b/, { zh: '，且', en: 'and' }],
  [/^or\b/, { zh: '，或', en: 'or' }],
  [/^not\b/, { zh: '不是', en: 'not' }],
  [/^in\b/, { zh: '为', en: 'in' }],
  [/^known\b/, { zh: '已知', en: 'known' }],
  [/^certainly\b/, { zh: '确定', en: 'certainly' }],
  [/^within\b/, { zh: '位于', en: 'within' }],
  [/^full_years\b/, { zh: '周岁', en: 'full years since' }],
  [/^true\b/, { zh: '是', en: 'yes' }],
  [/^false\b/, { zh: '否', en: 'no' }],
  [/^>=/, { zh: ' ≥ ', en: '≥' }],
  [/^<=/, { zh: ' ≤ ', en: '≤' }],
  [/^!=/, { zh: '不为', en: '≠' }],
  [/^=/, { zh: '为', en: '=' }],
  [/^,/, { zh: '、', en: ',' }],
  [/^\(/, { zh: '（', en: '(' }],
  [/^\)/, { zh: '）', en: ')' }],
  [/^:/, { zh: '：', en: ':' }],
]

// How near a child lives, which the rule language works out of the facts.
const relations: Record<string, Words> = {
  'child.same_village': { zh: '同村', en: 'same village' },
  'child.same_town': { zh: '同镇', en: 'same town' },
  'child.same_county': { zh: '同县', en: 'same county' },
}

function nameOf(id: string, own: Record<string, Words>, near: FactWords | undefined): Words | undefined {
  const member = id.startsWith('child.') ? facts.children?.members?.[id.slice(6)] : undefined
  const value = near?.values?.[id]
  return relations[id] ?? member ?? value ?? own[id] ?? facts[id] ?? ruleWords[id]
}

/** `own`: definitions, settings and categories that the scheme names itself. */
export function ruleText(rule: string, own: Record<string, Words>, language: Language): string {
  let rest = rule.trim()
  let near: FactWords | undefined
  const parts: string[] = []
  while (rest !== '') {
    const phrase = phrases.find(([pattern]) => pattern.test(rest))
    const length = phrase
      ? (phrase[0].exec(rest)?.[0].length ?? 1)
      : (/^([A-Za-z_][\w.]*|"[^"]*"|\d+|.)/.exec(rest)?.[0].length ?? 1)
    const token = rest.slice(0, length)
    rest = rest.slice(length).trimStart()
    if (phrase) {
      parts.push(phrase[1][language])
      continue
    }
    parts.push(nameOf(token, own, near)?.[language] ?? token)
    // What a fact is compared with are its values.
    near = facts[token] ?? near
  }
  const text = parts.join(language === 'zh' ? '' : ' ')
  return language === 'zh'
    ? text.replace(/^，/, '').replaceAll('（，', '（')
    : text.replaceAll(/\( /g, '(').replaceAll(/ ([),:])/g, '$1')
}

/** A setting's value as it stands in the scheme: a truth, a number, or a text for which there are no words. */
export const settingText = (value: string, language: Language): string =>
  value.startsWith('"') ? (JSON.parse(value) as string) : ruleText(value, {}, language)
