// The words that screens need of schemes/common: facts with their values, categories, marks, indicators, lists.
//   node tools/vocabulary.ts          writes shared/src/vocabulary.json
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse } from 'smol-toml'

interface Words {
  zh: string
  en: string
}
export interface FactWords extends Words {
  type: string
  values?: Record<string, Words>
  unit?: string
  members?: Record<string, FactWords>
}
interface Labelled {
  id: string
  text: string
  text_en: string
}
interface FactRow extends Labelled {
  type: string
  values?: Labelled[]
  unit?: string
  member?: FactRow[]
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (name: string) =>
  parse(readFileSync(`${root}schemes/common/${name}.toml`, 'utf8')) as Record<string, unknown>

const words = (row: Labelled): Words => ({ zh: row.text, en: row.text_en })
const table = (rows: Labelled[]) => Object.fromEntries(rows.map((row) => [row.id, words(row)]))

function fact(row: FactRow): FactWords {
  const made: FactWords = { ...words(row), type: row.type }
  if (row.values) made.values = table(row.values)
  if (row.unit) made.unit = row.unit
  if (row.member) made.members = facts(row.member)
  return made
}
const facts = (rows: FactRow[]): Record<string, FactWords> => Object.fromEntries(rows.map((row) => [row.id, fact(row)]))

interface Coded extends Words {
  code: string
  options?: Coded[]
}
const coded = (rows: Coded[]) => Object.fromEntries(rows.map(({ code, zh, en }) => [code, { zh, en }]))

export function makeVocabulary(): string {
  const categories = read('categories')
  const indicators = read('indicators')
  const options: Record<string, Words> = {}
  for (const kind of ['scale', 'list']) {
    for (const row of (indicators[kind] ?? []) as Coded[]) Object.assign(options, coded(row.options ?? []))
  }
  const made = {
    facts: facts(read('facts').fact as FactRow[]),
    categories: table(categories.category as Labelled[]),
    definitions: table(read('definitions').definition as Labelled[]),
    settings: table(read('settings').setting as Labelled[]),
    marks: table(categories.mark as Labelled[]),
    indicators: coded(indicators.indicator as Coded[]),
    options,
  }
  return `${JSON.stringify(made, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(fileURLToPath(new URL('../shared/src/vocabulary.json', import.meta.url)), makeVocabulary())
}
