import { expect, test } from 'vitest'
import { everyPage } from './pages'

test('every page is followed to the one that has no next, also over one that holds nothing', async () => {
  const pages: Record<string, { rows: number[]; next: string | null }> = {
    '': { rows: [1, 2], next: 'a' },
    a: { rows: [], next: 'b' },
    b: { rows: [3], next: null },
  }
  expect(await everyPage((cursor) => Promise.resolve(pages[cursor ?? '']!))).toEqual([1, 2, 3])
})
