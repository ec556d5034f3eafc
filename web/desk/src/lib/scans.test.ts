import { expect, test } from 'vitest'
import { enteredTogether, type Page } from './scans'

const page = (id: string, number: number, more: Partial<Page> = {}): Page =>
  ({ id, number, state: 'waiting', person: 'P1', sheet: 'S', has_picture: true, ...more }) as Page

test('a page is entered with the waiting pages of its form, in the order of the file', () => {
  const second = page('b', 2)
  const others = [page('c', 3), second, page('a', 1)]
  expect(enteredTogether(second, others).map((each) => each.id)).toEqual(['a', 'b', 'c'])
})

test('what does not go to the record with it is left out', () => {
  const first = page('a', 1)
  const others = [
    first,
    page('b', 2, { person: 'P2' }),
    page('c', 3, { state: 'attached' }),
    page('d', 4, { has_picture: false }),
  ]
  expect(enteredTogether(first, others).map((each) => each.id)).toEqual(['a'])
})
