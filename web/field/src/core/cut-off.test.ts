// @vitest-environment node
// A phone that is cut off while it is bound, shared by two pages, full, or asked for what is being saved.
import { openDB } from 'idb'
import { beforeEach, expect, test } from 'vitest'
import { Refusal } from './core'
import type { Inside } from './inside'
import type { Phone } from './phone'
import { about, joined, noon, photo, pin, somebody, TestPhone, visitTo } from './test-phone'
import { TestServer } from './test-server'
import { lockAway, makeVault } from './vault'

let server: TestServer
beforeEach(async () => {
  server = await TestServer.make(() => noon)
  server.bundle = (cursor) => (cursor ? {} : { people: [somebody('p1'), somebody('p2', '李大福')] })
})

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.problem.code : String(error)),
  )

/** The server does it, the cookie comes, and nothing else is heard. */
function cutOff(): void {
  let done = false
  server.fate = () => {
    if (server.requests[server.requests.length - 1] !== 'POST /devices') return done ? 'unheard' : 'well'
    done = true
    return 'lost'
  }
}

test('a phone in use that died while it was bound anew is opened by the new PIN', async () => {
  const world = await joined(server)
  cutOff()
  expect(await codeOf(world.phone.join('invitation', '975310', ''))).toBe('server.unreachable')
  server.fate = () => 'well'
  const phone = await world.open()
  await phone.syncNow()
  expect(phone.view.state).toBe('locked')
  await phone.unlock('975310')
  await phone.syncNow()
  expect(phone.view.sync.trouble).toBeNull()
  expect(phone.view.people).toHaveLength(2)
})

test('the link pressed again after a lost answer binds with the secret that the server knows', async () => {
  const phone = await new TestPhone(server).open()
  cutOff()
  expect(await codeOf(phone.join('invitation', '975310', ''))).toBe('server.unreachable')
  server.fate = () => 'well'
  server.used = true
  await phone.join('invitation', pin, '')
  expect(phone.view.sync.trouble).toBeNull()
  expect(phone.view.people).toHaveLength(2)
})

test('a page that was open while another one bound the phone anew is locked, and the new PIN opens it', async () => {
  const world = await joined(server)
  const other = world.phone
  const page = await world.open()
  await page.join('invitation', '975310', '')
  await other.syncNow()
  expect(other.view).toMatchObject({ state: 'locked', people: [] })
  await other.unlock('975310')
  expect(other.view.people).toHaveLength(2)
})

test('a list under another data key does not keep the right PIN out', async () => {
  const world = await joined(server)
  const { store } = (world.phone as unknown as { inside: Inside }).inside
  const { key } = await makeVault(pin)
  await store.write([{ table: 'meta', key: 'book', put: await lockAway(key, 'book', {}) }])
  const phone = await world.open()
  await phone.unlock(pin)
  await phone.syncNow()
  expect(phone.view.people).toHaveLength(2)
})

test('a bound phone whose records cannot be opened does not look like a new one', async () => {
  const world = await joined(server)
  ;(world.phone as unknown as { inside: Inside }).inside.store.close()
  ;(await openDB(world.database, 2)).close()
  const phone = await world.open()
  expect(phone.view.missing).toContain('records')
  expect((await new TestPhone(server).open()).view.missing).not.toContain('records')
})

test('the person of a draft or of a refused record stays until it is done', async () => {
  const world = await joined(server)
  const { phone } = world
  const draft = phone.draft('visit', 'p1', () => ({}))
  await phone.keepDraft(draft)
  server.verdict = () => ({ state: 'refused', problem: { code: 'visit.invalid' } })
  await phone.save('visit', 'b', visitTo('p2'), about('p2'))
  await phone.syncIdle()
  server.bundle = (cursor) => (cursor === 'c1' ? { gone: ['p1', 'p2'], cursor: 'c2' } : { cursor: 'c2' })
  await phone.syncNow()
  expect(phone.view.people.map(({ id }) => id)).toEqual(['p1', 'p2'])
  await phone.dismiss('b')
  await phone.syncNow()
  expect(phone.view.people.map(({ id }) => id)).toEqual(['p1'])
  await phone.dropDraft(draft.id)
  await phone.syncNow()
  expect(phone.view.people).toEqual([])
})

test('what is typed or found while a record is being saved does not bring its draft back', async () => {
  const world = await joined(server)
  const { phone } = world
  const draft = phone.draft('visit', 'p1', () => ({}))
  await phone.keepDraft(draft)
  const saved = phone.save('visit', draft.id, visitTo('p1'), about('p1'))
  void phone.keepDraft({ ...draft, value: { position: 1 } })
  await saved
  const late = await phone.keepPhoto(draft, 'photo', photo('late'))
  expect(phone.view.drafts).toEqual([])
  const again = await world.open()
  await again.unlock(pin)
  expect(again.view.drafts).toEqual([])
  const { outbox } = (again as unknown as { inside: Inside }).inside
  expect(outbox.get(late.digest)).toBeUndefined()
})

test('what another page saved already takes its draft along', async () => {
  const world = await joined(server)
  const draft = world.phone.draft('visit', 'p1', () => ({}))
  await world.phone.keepDraft(draft)
  const page = await world.open()
  await page.unlock(pin)
  await world.phone.save('visit', draft.id, visitTo('p1'), about('p1'))
  await page.save('visit', draft.id, visitTo('p1'), about('p1'))
  await page.syncNow()
  expect(server.order).toEqual([draft.id])
  const again = await world.open()
  await again.unlock(pin)
  expect(again.view.drafts).toEqual([])
})

test('a full phone still sends', async () => {
  const world = await joined(server)
  server.fate = () => 'unheard'
  await world.phone.save('visit', 'a', visitTo('p1'), about('p1'))
  await world.phone.syncIdle()
  server.fate = () => 'well'
  const phone = await world.open()
  const { store } = (phone as unknown as { inside: Inside }).inside
  const { write } = store
  store.write = async (changes) => {
    if (changes.length > 0 && changes.every((each) => 'put' in each))
      throw new DOMException('no room', 'QuotaExceededError')
    return write.call(store, changes)
  }
  await phone.syncNow()
  expect(server.order).toEqual(['a'])
  expect(phone.view.counts.unsent).toBe(0)
})

/** Nothing new goes in; `gives`: what was kept aside makes room again. */
function fill(phone: Phone, gives: boolean): void {
  const { store } = (phone as unknown as { inside: Inside }).inside
  const { write } = store
  let room = false
  store.write = async (changes) => {
    if (gives && changes.some((each) => 'remove' in each && each.key.startsWith('aside'))) room = true
    const isNew = (each: (typeof changes)[number]) => 'put' in each || 'add' in each
    if (changes.some(isNew) && !room) throw new DOMException('no room', 'QuotaExceededError')
    return write.call(store, changes)
  }
}

test('a full phone sends all that waits, also where nothing of it can be noted', async () => {
  const world = await joined(server)
  server.fate = () => 'unheard'
  for (const key of ['a', 'b', 'c']) {
    world.clock += 1000
    await world.phone.save('visit', key, visitTo('p1'), about('p1'))
  }
  await world.phone.syncIdle()
  server.fate = () => 'well'
  const phone = await world.open()
  await world.settle()
  fill(phone, false)
  const synced = phone.syncNow()
  await world.settle()
  await synced
  expect(server.order).toEqual(['a', 'b', 'c'])
})

test('a full phone is opened by its PIN, or says what is in the way', async () => {
  const world = await joined(server)
  const phone = await world.open()
  await world.settle()
  fill(phone, true)
  const opened = phone.unlock(pin)
  await world.settle()
  await opened
  expect(phone.view.people).toHaveLength(2)
  const other = await world.open()
  await world.settle()
  fill(other, false)
  const refused = codeOf(other.unlock(pin))
  await world.settle()
  expect(await refused).toBe('pin.full')
})

test('a draft that cannot be kept is said, and does not keep its record from being saved', async () => {
  const world = await joined(server)
  const { phone } = world
  const { store } = (phone as unknown as { inside: Inside }).inside
  const { write } = store
  store.write = async (changes) => {
    if (changes.some((each) => each.table === 'drafts' && 'put' in each))
      throw new DOMException('no room', 'QuotaExceededError')
    return write.call(store, changes)
  }
  const draft = phone.draft('visit', 'p1', () => ({}))
  const kept = codeOf(phone.keepDraft(draft))
  const saved = phone.save('visit', draft.id, visitTo('p1'), about('p1'))
  await world.settle()
  await saved
  expect(await kept).toContain('QuotaExceededError')
  expect(phone.view.drafts).toEqual([])
  await phone.syncNow()
  expect(server.order).toEqual([draft.id])
  const failed = codeOf(phone.keepDraft(phone.draft('visit', 'p2', () => ({}))))
  await world.settle()
  expect(await failed).toContain('QuotaExceededError')
  expect(phone.view.storage).toBe('full')
})
