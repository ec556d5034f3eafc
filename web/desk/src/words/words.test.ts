import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createI18n } from 'vue-i18n'
import { places } from '../lib/navigation'
import en from './en.json'
import zh from './zh.json'

type Tree = { [key: string]: string | Tree }

const flat = (tree: Tree, above = ''): Record<string, string> =>
  Object.entries(tree).reduce(
    (all, [key, value]) => ({
      ...all,
      ...(typeof value === 'string' ? { [above + key]: value } : flat(value, `${above}${key}.`)),
    }),
    {},
  )

const chinese = flat(zh)
const english = flat(en)
const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

const source = join(import.meta.dirname, '..')
const written = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(vue|ts)$/.test(name) && !name.includes('.test.'))
  .map((name) => readFileSync(join(source, name), 'utf8'))
  .join('\n')

test('both languages have the same words', () => {
  expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
})

test('no word is empty, and each names the same places', () => {
  for (const [key, text] of Object.entries(chinese)) {
    expect(text.trim(), key).not.toBe('')
    expect(english[key]?.trim(), key).not.toBe('')
    // English has two forms where something is counted.
    for (const form of (english[key] ?? '').split(' | ')) expect(holes(form), key).toEqual(holes(text))
  }
})

test('Chinese is Chinese and English is English', () => {
  for (const [key, text] of Object.entries(english)) expect(text, key).not.toMatch(/\p{Script=Han}/u)
  // What is said only by a sign or a name of a format is the same in both.
  for (const [key, text] of Object.entries(chinese))
    if (/[a-z]{4}/.test(text.replaceAll(/\{[^}]*\}/g, ''))) expect(text, key).toMatch(/\p{Script=Han}/u)
})

test('marks of Chinese stand in nothing that is English too', () => {
  const marks = /[，。：；！？（）、]/
  const screens = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.vue'))
  // Of both languages one is chosen, or taken away; a report is written in Chinese.
  const both = /=== 'zh'|\.replace\(|content\.to/
  const own = screens.flatMap((name) =>
    readFileSync(join(source, name), 'utf8')
      .split('\n')
      .filter((line) => marks.test(line) && !both.test(line))
      .map((line) => `${name}: ${line.trim()}`),
  )
  expect(own).toEqual([])
  for (const [key, text] of Object.entries(english)) expect(text, key).not.toMatch(marks)
})

test('every word that a screen asks for is there', () => {
  const asked = [...written.matchAll(/\bt\(\s*'([^'$]+)'/g)].map((found) => found[1] as string)
  const missing = asked.filter((key) => !(key in chinese))
  expect(missing).toEqual([])
})

test('one is said otherwise than several', () => {
  const { t } = createI18n({ legacy: false, locale: 'en', messages: { en } as Record<string, typeof en> }).global
  expect([0, 1, 2].map((count) => t('canvass.readWrong', { count }))).toEqual([
    '0 lines need mending; they stand first.',
    '1 line needs mending; it stands first.',
    '2 lines need mending; they stand first.',
  ])
  // A count of something is never followed by the wrong form of it.
  const counted = Object.entries(english).filter(([, text]) =>
    /\{count\} (people|lines|rows|files|villages)\b/.test(text),
  )
  expect(counted.filter(([, text]) => !text.includes(' | ')).map(([key]) => key)).toEqual([])
})

test('every page that somebody may be sent to is named and told', () => {
  for (const { name, permissions } of places) {
    expect(chinese, name).toHaveProperty([`nav.${name}`])
    // Who sees the figures of coverage is not welcomed by a list of pages.
    if (permissions && !permissions.includes('coverage_read')) expect(chinese, name).toHaveProperty([`welcome.${name}`])
  }
})

test('every word is asked for by a screen', () => {
  const groups = [...written.matchAll(/`([a-zA-Z.]+)\$\{/g)].map((found) => found[1] as string)
  const asked = (key: string) => written.includes(`'${key}'`) || groups.some((group) => key.startsWith(group))
  expect(Object.keys(chinese).filter((key) => !asked(key))).toEqual([])
})

test('every word can be said', () => {
  const both = createI18n({ legacy: false, locale: 'zh', messages: { zh, en } as Record<string, typeof zh> })
  for (const language of ['zh', 'en']) {
    for (const key of Object.keys(chinese))
      expect(() => both.global.t(key, {}, { locale: language }), key).not.toThrow()
  }
})
