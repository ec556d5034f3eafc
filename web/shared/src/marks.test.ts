import { expect, test } from 'vitest'
import { bracketed, inLine, listed, named } from './marks'

test('each language has its own marks', () => {
  expect(listed(['a', 'b'], 'zh')).toBe('a、b')
  expect(listed(['a', 'b'], 'en')).toBe('a, b')
  expect(inLine(['a', 'b'], 'zh')).toBe('a；b')
  expect(inLine(['a', 'b'], 'en')).toBe('a; b')
  expect(named('a', 'b', 'zh')).toBe('a：b')
  expect(named('a', 'b', 'en')).toBe('a: b')
  expect(named('a', '', 'en')).toBe('a')
  expect(bracketed('a', 'b', 'zh')).toBe('a（b）')
  expect(bracketed('a', 'b', 'en')).toBe('a (b)')
})
