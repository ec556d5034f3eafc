// @vitest-environment node
// The rules of the core that stand by themselves.
import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { nextBook } from './book'
import { base64, fromBase64, hex, newKey, random } from './bytes'
import { aheadOf, moved, sentAt } from './clock'
import { decoded, firstThatFits } from './picture'
import { problemOf } from './problems'
import { ask, isForLater } from './server'
import type { Inside } from './inside'
import { isFull, stateOf, withRoom } from './room'
import { MemoryStore, openStore, within, type Store } from './store'
import { somebody } from './test-phone'
import { account } from './test-server'
import { lockAway, makeVault, takeOut } from './vault'

const hour = 3600_000
const day = 24 * hour

test.each([
  ['a clock that runs right', { at: 100 * day, offset: 0, contact: 99 * day }, { at: 101 * day, offset: 0 }, 101 * day],
  [
    'wrong by a day all the time',
    { at: 99 * day, offset: day, contact: 99 * day },
    { at: 100 * day, offset: day },
    100 * day,
  ],
  [
    'set right after it was saved',
    { at: 97 * day, offset: 3 * day, contact: 100 * day },
    { at: 100 * day + hour, offset: 0 },
    97 * day + hour,
  ],
  [
    'set wrong after the contact, saved then',
    { at: 103 * day, offset: 0, contact: 100 * day - hour },
    { at: 103 * day + hour, offset: -3 * day },
    103 * day + hour,
  ],
  ['reset to long ago and set right', { at: 0, offset: 0, contact: 100 * day }, { at: 101 * day, offset: 0 }, 0],
  [
    'reset to long ago, still so when sent',
    { at: hour, offset: 0, contact: 100 * day },
    { at: 2 * hour, offset: 100 * day },
    2 * hour,
  ],
])('the time of sending: %s', (_what, saved, now, expected) => {
  expect(sentAt(saved, now)).toBe(expected)
})

test('screens are never earlier than the last contact', () => {
  expect(aheadOf({ offset: hour, contact: 100 * day }, 100 * day)).toBe(hour)
  expect(aheadOf({ offset: 0, contact: 100 * day }, day)).toBe(99 * day)
})

test('times and dates of a record are moved, its answers are not', () => {
  const content = {
    started_at: '2026-11-22T10:00:00+08:00',
    next_on: '2026-11-24',
    called: [{ who: '120', at: '2026-11-22T10:01:00+08:00' }],
    answers: { at: '2026-11-22T10:00:00+08:00' },
  }
  expect(moved(content, -day)).toEqual({
    ...content,
    started_at: '2026-11-21T10:00:00+08:00',
    next_on: '2026-11-23',
    called: [{ who: '120', at: '2026-11-21T10:01:00+08:00' }],
  })
  expect(moved({ on: '2026-11-24' }, 299_000)).toEqual({ on: '2026-11-24' })
  expect(moved({ on: '2026-11-24' }, 1.6 * day)).toEqual({ on: '2026-11-26' })
})

test('bytes keep through the words they travel as', () => {
  const bytes = random(100_000 % 65536)
  expect(fromBase64(base64(bytes.buffer))).toEqual(bytes)
  expect(hex(new Uint8Array([0, 255]))).toBe('00ff')
  expect(newKey()).toMatch(/^[0-9a-f]{32}$/)
})

test('what is locked away opens under its own name and key only', async () => {
  const { key } = await makeVault('258036')
  const { key: other } = await makeVault('258036')
  const box = await lockAway(key, 'book', { name: '张秀英' })
  expect(await takeOut(key, 'book', box)).toEqual({ name: '张秀英' })
  await expect(takeOut(key, 'draft', box)).rejects.toThrow()
  await expect(takeOut(other, 'book', box)).rejects.toThrow()
})

test.each([
  ['memory', async () => new MemoryStore() as Store],
  ['database', () => openStore(newKey())],
])('a change is all or nothing (%s)', async (_name, open) => {
  const store = await open()
  await store.write([{ table: 'rows', key: 'a', add: 1 }])
  const twice = store.write([
    { table: 'meta', key: 'm', put: 1 },
    { table: 'rows', key: 'a', add: 2 },
  ])
  await expect(twice).rejects.toThrow()
  expect(await store.get('meta', 'm')).toBeUndefined()
  await store.write([
    { table: 'rows', key: 'b', put: 2 },
    { table: 'rows', key: 'a', remove: true },
  ])
  expect(await store.all('rows')).toEqual([2])
  await store.write([{ table: 'rows', clear: true }])
  expect(await store.all('rows')).toEqual([])
})

test('a database that the browser closed is opened again, and a write without an answer ends', async () => {
  const name = newKey()
  const store = await openStore(name)
  await store.write([{ table: 'meta', key: 'a', put: 1 }])
  const opened = await (store as unknown as { database(): Promise<IDBDatabase> }).database()
  opened.close()
  await store.write([{ table: 'meta', key: 'b', put: 2 }])
  expect(await store.all('meta')).toEqual([1, 2])
  const close = async () => (await (store as unknown as { database(): Promise<IDBDatabase> }).database()).close()
  await close()
  expect(await store.get('meta', 'a')).toBe(1)
  await close()
  expect(await store.has('meta', 'b')).toBe(true)
  await close()
  expect(await store.all('meta')).toEqual([1, 2])
  await close()
  expect(await store.lease('sync', 'one', 1000, 100)).toBe(true)

  vi.useFakeTimers()
  const silent = within(new Promise<void>(() => undefined))
  const refused = expect(silent).rejects.toSatisfy(isFull)
  await vi.advanceTimersByTimeAsync(20_000)
  await refused
  vi.useRealTimers()
})

test('whoever finds the database closed together opens it once', async () => {
  const store = await openStore(newKey())
  ;(await (store as unknown as { database(): Promise<IDBDatabase> }).database()).close()
  const open = vi.spyOn(indexedDB, 'open')
  await Promise.all([store.get('meta', 'a'), store.all('rows'), store.has('meta', 'a')])
  expect(open).toHaveBeenCalledTimes(1)
  open.mockRestore()
})

test('a full disk is said also where nothing can be asked of it any more', async () => {
  const store = await openStore(newKey())
  store.has = () => Promise.reject(new DOMException('closed', 'InvalidStateError'))
  const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'))
  await expect(withRoom({ store } as unknown as Inside, 'photos', full)).rejects.toSatisfy(isFull)
})

test('a lease is held by one, until it is over or the clock was set back', async () => {
  const store = await openStore(newKey())
  expect(await store.lease('sync', 'one', 1000, 100)).toBe(true)
  expect(await store.lease('sync', 'two', 1050, 100)).toBe(false)
  expect(await store.lease('sync', 'one', 1050, 100)).toBe(true)
  expect(await store.lease('sync', 'two', 1150, 100)).toBe(true)
  expect(await store.lease('sync', 'one', 10, 100)).toBe(true)
})

test('the first of the sizes that fits is taken', async () => {
  const make = async (side: number, quality: number) => ({ size: side * quality, side })
  expect(await firstThatFits(make, 900)).toMatchObject({ side: 1600, size: 800 })
  expect(await firstThatFits(make, 700)).toMatchObject({ side: 1280, size: 640 })
  expect(await firstThatFits(make, 1)).toBeNull()
})

test('an empty picture, as a browser without memory gives it, is none', () => {
  expect(() => decoded('data:,')).toThrow()
  expect([...decoded(`data:image/jpeg;base64,${btoa('a')}`)]).toEqual([97])
})

test('room is told before it ends, and not where the browser does not say', () => {
  expect([null, 1e9, 2e7, 1e6].map(stateOf)).toEqual(['enough', 'enough', 'low', 'full'])
})

test('a person who goes stays while something of theirs is unfinished', () => {
  const bundle = { server_time: '', cursor: 'c', account, key: { id: '', spki: '' }, forms: [], proposals: [] }
  const rest = { ...bundle, limit: { people: 500, left_out: 0 } }
  const names = (book: { people: { id: string }[] }) => book.people.map(({ id }) => id)
  const first = nextBook(null, { ...rest, people: [somebody('p1'), somebody('p2')], gone: [] }, [])
  const second = nextBook(first, { ...rest, people: [], gone: ['p1', 'p2'] }, [], new Set(['p1']))
  expect(names(second)).toEqual(['p1'])
  const third = nextBook(second, { ...rest, people: [], gone: [] }, [], new Set(['p1']))
  expect(names(third)).toEqual(['p1'])
  expect(names(nextBook(third, { ...rest, people: [], gone: [] }, []))).toEqual([])
  const back = nextBook(third, { ...rest, people: [somebody('p1')], gone: [] }, [])
  expect(names(nextBook(back, { ...rest, people: [], gone: [] }, []))).toEqual(['p1'])
})

test('somebody to whom no document applies has no form, and the others keep theirs', () => {
  const form = { scheme: 's', form: 'visit', version: '1' }
  const { form: none, ...formless } = somebody('p2')
  expect(none).toEqual(form)
  const bundle = { people: [somebody('p1'), formless], forms: [{ ...form, definition: {} as never }] }
  const rest = { server_time: '', cursor: 'c', account, key: { id: '', spki: '' }, gone: [], proposals: [] }
  const first = nextBook(null, { ...rest, ...bundle, limit: { people: 500, left_out: 0 } }, [])
  const newer = { ...form, version: '2', definition: {} as never }
  const next = nextBook(first, { ...rest, people: [], forms: [newer], limit: { people: 500, left_out: 0 } }, [])
  expect(next.forms.map(({ version }) => version)).toEqual(['2', '1'])
})

test('a large piece has the time that a slow network takes', async () => {
  vi.useFakeTimers()
  const slow = (bytes: number, ms: number) => {
    const network: typeof fetch = (_address, how) =>
      new Promise((done, fail) => {
        setTimeout(() => done(Response.json({ code: 'heard' }, { status: 422 })), ms)
        how?.signal?.addEventListener('abort', () => fail(new DOMException('', 'AbortError')))
      })
    const answer = ask(network, 'POST', '/device/parcels', {}, 'x'.repeat(bytes))
    return vi.advanceTimersByTimeAsync(ms).then(() => answer)
  }
  expect((await slow(10, 61_000)).status).toBe(0)
  expect((await slow(400_000, 200_000)).status).toBe(422)
  vi.useRealTimers()
})

test('a canvass goes on by households; another one begins anew', () => {
  const house = (id: string, version = '1') => ({ id, version, area: '', area_name: '', group: '一组' })
  const given = (id: string, ids: string[], gone: string[] = []) => ({
    canvass: { id, name: '冬季', from: '2026-11-01', to: '2026-12-01' },
    households: ids.map((each) => house(each)),
    gone,
  })
  const bundle = { server_time: '', cursor: 'c', account, key: { id: '', spki: '' }, people: [somebody('p1')] }
  const rest = { gone: [], forms: [], proposals: [], limit: { people: 500, left_out: 3 } }
  const first = nextBook(null, { ...bundle, ...rest, canvass: given('one', ['a', 'b']) }, [])
  expect(first.left_out).toBe(3)
  const second = nextBook(first, { ...bundle, ...rest, canvass: given('one', ['c'], ['a']) }, [])
  expect(second.canvass?.households.map((each) => each.id)).toEqual(['b', 'c'])
  const third = nextBook(second, { ...bundle, ...rest, canvass: given('two', ['d']) }, [])
  expect(third.canvass?.households.map((each) => each.id)).toEqual(['d'])
  expect(nextBook(third, { ...bundle, ...rest }, []).canvass).toBeNull()
})

test('why a field was refused is said, not only that one was', () => {
  const fields = [
    { field: 'ended_at', code: 'visit.too_long', detail: '一次探访不会超过 24 小时', detail_en: 'too long' },
    { field: 'answers.a', code: 'answer.required', detail: '必填，请填写', detail_en: 'fill it in' },
  ]
  expect(problemOf({ code: 'visit.invalid', detail: '请按所列字段更正', detail_en: 'mend', fields })).toEqual({
    code: 'visit.invalid',
    words: { zh: '一次探访不会超过 24 小时；必填，请填写', en: 'too long; fill it in' },
    field: 'ended_at',
    fields: [
      { field: 'ended_at', code: 'visit.too_long', words: { zh: '一次探访不会超过 24 小时', en: 'too long' } },
      { field: 'answers.a', code: 'answer.required', words: { zh: '必填，请填写', en: 'fill it in' } },
    ],
  })
})

test('the words of the server are kept; whoever is in between has none', async () => {
  expect(problemOf({ code: 'a.b', detail: '字', detail_en: 'words' })).toEqual({
    code: 'a.b',
    words: { zh: '字', en: 'words' },
  })
  const page = await ask(async () => new Response('<html>', { status: 200 }), 'GET', '/device')
  expect(page.status).toBe(503)
  expect(isForLater(page)).toBe(true)
  const proxy = await ask(async () => new Response('<html>', { status: 413 }), 'GET', '/device')
  expect(isForLater(proxy)).toBe(true)
  const own = await ask(async () => Response.json({ code: 'parcel.size' }, { status: 413 }), 'GET', '/device')
  expect(isForLater(own)).toBe(false)
  expect((await ask(async () => Promise.reject(new TypeError('x')), 'GET', '/device')).problem.code).toBe(
    'server.unreachable',
  )
})
