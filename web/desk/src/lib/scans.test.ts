import { expect, test, vi } from 'vitest'
import { api } from './api'
import { enteredTogether, nearest, pagesOfVisit, type Page } from './scans'

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

test('of a long file only the pages beside it are offered as the same form', () => {
  const pile = Array.from({ length: 300 }, (_, index) => page(`p${index + 1}`, index + 1))
  const lost = page('p250', 250, { state: 'unclear' })
  pile[248] = page('p249', 249, { state: 'set_aside' })
  expect(nearest(lost, pile).map((each) => each.number)).toEqual([246, 247, 248, 251, 252, 253])
})

test('a correction shows the pages of the record it corrects where it took their pictures over', async () => {
  const records: Record<string, object> = {
    V1: { id: 'V1' },
    V2: { id: 'V2', corrects: 'V1', attachments: ['d1', 'd3'] },
  }
  const pages: Record<string, Page[]> = {
    V1: [page('a', 1, { attachment: 'd1' }), page('b', 2, { attachment: 'd2' })],
    V2: [page('c', 3, { attachment: 'd3' })],
  }
  vi.spyOn(api, 'GET').mockImplementation(((path: string, { params }: { params: Record<string, { visit: string }> }) =>
    Promise.resolve({
      data: path === '/scan-pages' ? { pages: pages[params.query!.visit], next: null } : records[params.path!.visit],
    })) as never)
  const found = await pagesOfVisit(records.V2 as never)
  expect(found.map((each) => each.id)).toEqual(['c', 'a'])
})
