import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import en from './en.json'
import common from './zh.json'

type Table = Record<string, Record<string, string>>
const flat = (table: Table) =>
  Object.fromEntries(
    Object.entries(table).flatMap(([group, words]) =>
      Object.entries(words).map(([name, text]) => [`${group}.${name}`, text]),
    ),
  )
const own = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.zh.json'))
const ownWords = own.map((name) => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8')) as Table)
const zh: Table = { ...common }
for (const words of ownWords) for (const [group, part] of Object.entries(words)) zh[group] = { ...zh[group], ...part }
const chinese = flat(zh)
const english = flat(en)
const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

const source = join(import.meta.dirname, '..')
const files = new Map(
  readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(vue|ts)$/.test(name) && !name.includes('.test.'))
    .map((name) => [name, readFileSync(join(source, name), 'utf8')]),
)
const written = [...files.values()].join('\n')

test('both languages have the same words with the same places', () => {
  expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
  for (const [key, text] of Object.entries(chinese)) {
    expect(text.trim(), key).not.toBe('')
    expect(english[key]?.trim(), key).not.toBe('')
    expect(holes(english[key] ?? ''), key).toEqual(holes(text))
  }
})

test('Chinese is Chinese and English is English', () => {
  for (const [key, text] of Object.entries(english)) expect(text, key).not.toMatch(/\p{Script=Han}/u)
  for (const [key, text] of Object.entries(chinese))
    if (/[a-z]{3}/.test(text.replaceAll(/\{[^}]*\}/g, ''))) expect(text, key).toMatch(/\p{Script=Han}/u)
})

test('marks of Chinese stand in nothing that is English too', () => {
  const marks = /[，。：；！？（）、]/
  const screens = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.vue'))
  const own = screens.flatMap((name) =>
    readFileSync(join(source, name), 'utf8')
      .split('\n')
      .filter((line) => marks.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  )
  expect(own).toEqual([])
  for (const [key, text] of Object.entries(english)) expect(text, key).not.toMatch(marks)
})

test('every word that a screen asks for is there, and each is asked for', () => {
  const asked = [...written.matchAll(/'([a-zA-Z]+\.[a-zA-Z0-9]+)'/g)].map((found) => found[1] as string)
  const groups = new Set(Object.keys(zh))
  const missing = asked.filter((key) => groups.has(key.split('.')[0] as string) && !(key in chinese))
  expect(missing).toEqual([])
  const made = [...written.matchAll(/`([a-zA-Z]+\.[a-z]*)\$\{/g)].map((found) => found[1] as string)
  const unused = Object.keys(chinese).filter(
    (key) => !asked.includes(key) && !made.some((start) => key.startsWith(start)),
  )
  expect(unused).toEqual([])
})

test("a screen's own words are asked for only where they have come", () => {
  const imported = (file: string, text: string) =>
    [...text.matchAll(/from '(\.[^']*)'/g)].flatMap(([, path = '']) => {
      const name = join(dirname(file), path)
      return [name, `${name}.ts`].filter((each) => files.has(each) || each.endsWith('.zh.json'))
    })
  const imports = new Map([...files].map(([file, text]) => [file, imported(file, text)]))
  const brings = (file: string, words: string): boolean =>
    (imports.get(file) ?? []).some((each) => each === `words/${words}` || brings(each, words))
  const comes = (file: string, words: string): boolean => {
    const importers = [...imports].filter(([, paths]) => paths.includes(file)).map(([name]) => name)
    return brings(file, words) || (importers.length > 0 && importers.every((each) => comes(each, words)))
  }
  const missing = own.flatMap((words, i) =>
    Object.keys(flat(ownWords[i]!)).flatMap((key) =>
      [...files].flatMap(([file, text]) => (text.includes(`'${key}'`) && !comes(file, words) ? `${key}: ${file}` : [])),
    ),
  )
  expect(missing).toEqual([])
})

test('the help has the same parts in both languages', () => {
  const parts = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8').match(/^## /gm)?.length
  expect(parts('help.en.md')).toBe(parts('help.zh.md'))
})
