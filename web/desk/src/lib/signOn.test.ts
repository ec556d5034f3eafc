// @vitest-environment node
// Every way in which the server ends a sign-on is told in words.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { refusalKey, refusals } from './signOn'
import zh from '../words/zh.json'

const problems = readFileSync(new URL('../../../../src/app/oidc/oidc_problems.h', import.meta.url), 'utf8')

test('each refusal of the platform has words, and an unknown one too', () => {
  const codes = [...problems.matchAll(/Problem\("(sign_on\.\w+)"/g)].map((found) => found[1] as string)
  expect(codes.length).toBeGreaterThan(4)
  expect(codes.filter((code) => !refusals.includes(code))).toEqual([])
  const words = Object.keys(zh.signOn.refused)
  expect(refusals.map((code) => code.replace('.', '_')).filter((key) => !words.includes(key))).toEqual([])
  expect(refusalKey('something.new')).toBe('signOn.refused.other')
})
