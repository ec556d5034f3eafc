// @vitest-environment node
// What is made from other files and kept in the tree is what would be made now.
import { readFileSync } from 'node:fs'
import openapi, { astToString } from 'openapi-typescript'
import { expect, test } from 'vitest'
import { makeVocabulary } from './vocabulary'

const file = (path: string) => new URL(path, import.meta.url)
const text = (path: string) => readFileSync(file(path), 'utf8')

test('the types are those of the interface (`npm run types`)', async () => {
  const body = (source: string) => source.replace(/^\/\*\*[\s\S]*?\*\/\s*/, '').trim()
  const made = astToString(await openapi(file('../../api/openapi.yaml')))
  expect(body(text('../shared/src/api/schema.d.ts'))).toBe(body(made))
})

test('the vocabulary is that of the schemes (`npm run vocabulary`)', () => {
  expect(text('../shared/src/vocabulary.json')).toBe(makeVocabulary())
})
