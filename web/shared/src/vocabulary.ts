// Words of the common vocabulary for facts, categories and findings, and values of facts as people read them.
import type { Language } from './api/problem'
import { shallowReactive } from 'vue'
import type { components } from './api/schema'
import vocabulary from './vocabulary.json'

export interface Words {
  zh: string
  en: string
}
export interface FactWords extends Words {
  type: string
  unit?: string
  values?: Record<string, Words>
  members?: Record<string, FactWords>
}

/** Those of the common vocabulary, and what a deployment's own schemes declare beside them once that was learnt. */
export const facts = shallowReactive(vocabulary.facts as Record<string, FactWords>)
const categories = vocabulary.categories as Record<string, Words>
const indicators = vocabulary.indicators as Record<string, Words>
const options = vocabulary.options as Record<string, Words>

/** Words that rules use beside facts. */
export const ruleWords: Record<string, Words> = {
  ...vocabulary.settings,
  ...vocabulary.definitions,
  ...vocabulary.categories,
}

const of = (table: Record<string, Words>) => (code: string, language: Language) => table[code]?.[language] ?? code

export const factName = of(facts)
export const categoryName = of(categories)
export const indicatorName = of(indicators)
export const optionName = of(options)

/** `children[].disability_grade` and the like, as reasons name what is missing. */
export function missingName(path: string, language: Language): string {
  const [outer = '', inner] = path.split('[].')
  const fact = facts[outer]
  if (!inner) return fact?.[language] ?? path
  const member = fact?.members?.[inner]
  if (!fact || !member) return path
  return language === 'zh' ? `${fact.zh}的${member.zh}` : `${fact.en}: ${member.en}`
}

const yesNo: Record<Language, [string, string]> = { zh: ['否', '是'], en: ['no', 'yes'] }
const none: Words = { zh: '无', en: 'none' }

/** A fact's value in words; an absent one is said to be unknown by whoever shows it. */
export function valueText(fact: FactWords | undefined, value: unknown, language: Language): string {
  if (typeof value === 'boolean') return yesNo[language][Number(value)] as string
  if (Array.isArray(value)) {
    if (value.length === 0) return none[language]
    const texts = value.map((each) => valueText(fact, each, language))
    const plain = value.every((each) => typeof each !== 'object')
    return plain ? texts.join(language === 'zh' ? '、' : ', ') : texts.map((text, i) => `${i + 1}. ${text}`).join('\n')
  }
  if (value !== null && typeof value === 'object') {
    const separator = language === 'zh' ? '，' : ', '
    const colon = language === 'zh' ? '：' : ': '
    const parts = Object.entries(value).map(([name, part]) => {
      const member = fact?.members?.[name]
      return `${member?.[language] ?? name}${colon}${valueText(member, part, language)}`
    })
    return parts.join(separator)
  }
  if (typeof value === 'number' && fact?.unit) return language === 'zh' ? `${value}${fact.unit}` : String(value)
  return fact?.values?.[String(value)]?.[language] ?? String(value)
}

type Declared = components['schemas']['FactDeclaration']
const table = <T>(rows: readonly T[], id: (row: T) => string, words: (row: T) => Words) =>
  Object.fromEntries(rows.map((row) => [id(row), words(row)]))

function read(fact: Declared): FactWords {
  return {
    ...fact.words,
    type: fact.type === 'integer' ? 'int' : fact.type,
    ...(fact.unit ? { unit: fact.unit.zh } : {}),
    ...(fact.values.length > 0
      ? {
          values: table(
            fact.values,
            (value) => value.id,
            (value) => value.words,
          ),
        }
      : {}),
    ...(fact.members.length > 0
      ? { members: Object.fromEntries(fact.members.map((member) => [member.id, read(member)])) }
      : {}),
  }
}

/** Facts that only schemes of this deployment know become known here too. */
export function learn(declared: readonly Declared[]): void {
  for (const fact of declared) if (!(fact.id in facts)) facts[fact.id] = read(fact)
}
