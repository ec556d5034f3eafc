// Every page has a chapter, every chapter stands in both languages, every picture exists and is small.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { router } from '../router'
import { chapterOf, chapters, loadManual, parseManual, seek } from './help'
import zh from '../words/zh.json'

const pictures = join(import.meta.dirname, '../../public/help')
const outside = ['sign-in', 'invitation', 'enrol']
const [chinese, english] = [await loadManual('zh'), await loadManual('en')]

test('every page leads to a chapter that there is', () => {
  const names = router.getRoutes().map((route) => route.name && String(route.name))
  const inside = names.filter((name): name is string => Boolean(name) && !outside.includes(name as string))
  expect(inside.length).toBeGreaterThan(18)
  for (const name of inside) expect(Object.keys(chapters), name).toContain(chapterOf(name))
})

test('both languages have the same chapters, sections, lists and pictures', () => {
  const shape = (manual: typeof chinese) =>
    manual.map(({ id, sections }) => ({
      id,
      sections: sections.map(({ role, blocks }) => ({
        role,
        blocks: blocks.map((block) => (block.kind === 'list' ? block.items.length : block.kind)),
      })),
    }))
  expect(shape(english)).toEqual(shape(chinese))
  expect(chinese.map(({ id }) => id).sort()).toEqual(Object.keys(chapters).sort())
  for (const { title, sections } of english) {
    expect(title).not.toMatch(/\p{Script=Han}/u)
    expect(sections.slice(1).every((section) => section.title !== '')).toBe(true)
  }
})

test('every person who can come to the desk is told what they come to do', () => {
  const told = new Set(chinese.flatMap(({ sections }) => sections.map(({ role }) => role)))
  expect(Object.keys(zh.role).filter((role) => role !== 'machine' && !told.has(role))).toEqual([])
})

test('every picture exists, none lies about, and all are small', () => {
  const shown = chinese.flatMap(({ sections }) =>
    sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'picture' ? [`${block.name}.webp`] : [])),
    ),
  )
  const kept = readdirSync(pictures)
  expect(kept.sort()).toEqual([...new Set(shown)].sort())
  const sizes = kept.map((name) => statSync(join(pictures, name)).size)
  expect(Math.max(...sizes)).toBeLessThan(60_000)
  expect(sizes.reduce((all, size) => all + size, 0)).toBeLessThan(600_000)
})

test('the text is read into sections and found by words', () => {
  const manual = parseManual('# a First\nText\n\n- one\n- two\n\n## [visitor] For you\n![x-1](A picture)\n')
  expect(manual[0]?.sections.map(({ title, role }) => [title, role])).toEqual([
    ['', ''],
    ['For you', 'visitor'],
  ])
  expect(manual[0]?.sections[0]?.blocks).toEqual([
    { kind: 'text', text: 'Text' },
    { kind: 'list', items: ['one', 'two'] },
  ])
  expect(manual[0]?.sections[1]?.blocks).toEqual([{ kind: 'picture', name: 'x-1', caption: 'A picture' }])
  expect(seek(manual, 'TWO first').map(({ at }) => at)).toEqual([0])
  expect(seek(manual, 'absent')).toEqual([])
})
