// @vitest-environment node
// One phone in several windows: what is typed in one is not lost by what is done in another.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Inside } from './inside'
import type { Phone } from './phone'
import { about, joined, noon, photo, pin, somebody, visitTo, type TestPhone } from './test-phone'
import { TestServer } from './test-server'

let server: TestServer
beforeEach(async () => {
  server = await TestServer.make(() => noon)
  server.bundle = (cursor) => (cursor ? {} : { people: [somebody('p1'), somebody('p2', '李大福')] })
})
// Without it windows do not hear each other, as in older browsers.
afterEach(() => void vi.unstubAllGlobals())

async function another(world: TestPhone): Promise<Phone> {
  const phone = await world.open()
  await phone.unlock(pin)
  return phone
}

test('a draft that another page went on with or saved is taken over when one comes back', async () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  const world = await joined(server)
  const one = world.phone
  const begun = one.draft('visit', 'p1', () => ({ text: 'one' }))
  await one.keepDraft(begun)
  const two = await world.open()
  await two.unlock(pin)
  await one.lookAgain()
  expect(one.view.turn).toBe(0)
  world.clock += 1000
  await two.keepDraft({ ...two.draft('visit', 'p1', () => ({})), value: { text: 'two' } })
  await two.keepDraft(two.draft('visit', 'p2', () => ({})))
  await one.lookAgain()
  expect(one.view.turn).toBe(1)
  expect(one.draft('visit', 'p1', () => ({ text: '' })).value).toEqual({ text: 'two' })
  expect(one.view.drafts).toHaveLength(2)
  await two.save('visit', begun.id, visitTo('p1'), about('p1'))
  await one.lookAgain()
  expect(one.view.drafts.map(({ person }) => person)).toEqual(['p2'])
  expect(one.view.turn).toBe(2)
})

test('what is typed in one window stands in the other one at once, and so does that it was saved', async () => {
  const world = await joined(server)
  const one = world.phone
  const draft = one.draft('visit', 'p1', () => ({ text: 'one' }))
  await one.keepDraft(draft)
  const two = await another(world)
  for (const text of ['one t', 'one tw', 'one two']) await two.keepDraft({ ...draft, value: { text } })
  const typed = () => one.draft('visit', 'p1', () => ({ text: '' })).value.text
  await vi.waitFor(() => expect(typed()).toBe('one two'))
  expect(one.view.turned).toBe('elsewhere')
  const { turn } = one.view
  await two.save('visit', draft.id, visitTo('p1'), about('p1'))
  await vi.waitFor(() => expect(one.view.drafts).toEqual([]))
  expect([one.view.turn, one.view.turned]).toEqual([turn + 1, 'elsewhere'])
})

test('what is added to a record that another window saved is another record with its photos, and it is said', async () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  const world = await joined(server)
  const one = world.phone
  const draft = one.draft('visit', 'p1', () => ({ text: 'one' }))
  const door = await one.keepPhoto(draft, 'photo', photo('door'))
  const two = await another(world)
  await two.save('visit', draft.id, visitTo('p1', { attachments: [door.digest] }), about('p1'))
  await two.syncNow()

  draft.value.text = 'one m'
  void one.keepDraft(draft)
  draft.value.text = 'one more'
  await one.keepDraft(draft)
  expect(one.view).toMatchObject({ turn: 1, turned: 'apart', drafts: [{ value: { text: 'one more' } }] })
  const { id } = one.view.drafts[0]!
  expect(id).not.toBe(draft.id)
  // What was under way when the screen began anew goes with it.
  const stove = await one.keepPhoto(draft, 'photo', photo('stove'))
  expect(one.view.drafts.map((each) => [each.id, each.photos.length])).toEqual([[id, 2]])
  expect((await another(world)).view.drafts.map((each) => each.id)).toEqual([id])
  await world.allIdle()
  const attachments = [door.digest, stove.digest]
  await one.save('visit', draft.id, visitTo('p1', { attachments }), about('p1'))
  await one.save('visit', draft.id, visitTo('p1', { attachments }), about('p1'))
  await one.syncNow()
  expect(server.order).toEqual([door.digest, draft.id, stove.digest, id])
  expect(one.view).toMatchObject({ drafts: [], counts: { unsent: 0, refused: 0 } })
  expect((await another(world)).view.drafts).toEqual([])
})

/** What an emergency says so far, as its screen keeps it. */
const saying = (phone: Phone, note: string) => ({ at: phone.stamp(), what: 'fall' as const, note, called: [] })
const emergency = (phone: Phone) => phone.draft('emergency', undefined, () => ({ note: '' }), 'emergency ')

test('what another page sent is not held again, and whoever types on is told; the rest is another report', async () => {
  const world = await joined(server)
  const one = await world.open()
  const begun = emergency(one)
  await one.keepDraft({ ...begun, so_far: saying(one, 'one') })
  const two = await world.open()
  server.fate = () => 'unheard'
  expect(await two.sendHeld(begun.id)).toBe(true)
  await one.keepDraft({ ...begun, so_far: saying(one, 'one more') })
  expect(one.view).toMatchObject({ turn: 1, turned: 'apart' })
  const { id } = emergency(one)
  expect(id).not.toBe(begun.id)
  await one.dismiss(begun.id)
  server.fate = () => 'well'
  await two.syncNow()
  expect(server.arrived.get(begun.id)!.content).toMatchObject({ note: 'one' })
  await one.keepDraft({ ...begun, so_far: saying(one, 'one more man') })
  await one.syncNow()
  expect(one.view.held.map(({ key }) => key)).toEqual([id])
  expect(await one.sendHeld(id)).toBe(true)
  await one.syncNow()
  expect(server.arrived.get(id)!.content).toMatchObject({ note: 'one more man' })
})

test('a held report that another page made a draft of is not sent without its words, and the draft stays', async () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  const world = await joined(server)
  const one = await world.open()
  const begun = { ...emergency(one), value: { note: 'one' } }
  await one.keepDraft({ ...begun, so_far: saying(one, 'one') })
  const stale = await world.open()
  const other = await world.open()
  await one.unlock(pin)
  for (const page of [stale, other]) {
    expect(page.view.held.map(({ key }) => key)).toEqual([begun.id])
    if (page === stale) expect(await page.sendHeld(begun.id)).toBe(false)
    else await page.dismiss(begun.id)
    expect(page.view).toMatchObject({ held: [], counts: { unsent: 0 } })
  }
  const again = await world.open()
  await again.unlock(pin)
  await again.syncNow()
  expect(again.view.drafts.map(({ value }) => value)).toEqual([{ note: 'one' }])
  expect(server.order).toEqual([])
})

const inside = (phone: Phone) => (phone as unknown as { inside: Inside }).inside

test('a screen begins anew only for the draft that it shows', async () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  vi.stubGlobal('location', { hash: '#/record/p1' })
  const world = await joined(server)
  const one = world.phone
  one.draft('visit', 'p1', () => ({ text: '' }))
  const two = await another(world)
  await two.keepDraft(two.draft('visit', 'p2', () => ({ text: 'two' })))
  await one.lookAgain()
  expect([one.view.turn, one.view.drafts.length]).toEqual([0, 1])
  await two.keepDraft(two.draft('visit', 'p1', () => ({ text: 'one' })))
  await one.lookAgain()
  expect(one.view.turn).toBe(1)
  // On another screen, where a PIN or a search is typed.
  vi.stubGlobal('location', { hash: '#/settings' })
  await two.keepDraft({ ...two.draft('visit', 'p1', () => ({})), value: { text: 'one more' } })
  await one.lookAgain()
  expect(one.view.turn).toBe(1)
  expect(one.draft('visit', 'p1', () => ({ text: '' })).value.text).toBe('one more')
})

test('what was typed while the disk was read, or could not be written, is not replaced by what stood there', async () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  const world = await joined(server)
  const one = world.phone
  const draft = one.draft('visit', 'p1', () => ({ text: 'one' }))
  await one.keepDraft(draft)
  const { store } = inside(one)
  const { all, write } = store
  store.all = async (table) => {
    const found = await all.call(store, table)
    store.all = all
    await one.keepDraft({ ...draft, value: { text: 'one more' } })
    return found as never
  }
  const typed = () => one.view.drafts.map(({ value }) => value)
  await one.lookAgain()
  expect(typed()).toEqual([{ text: 'one more' }])
  store.write = () => Promise.reject(new DOMException('closed', 'InvalidStateError'))
  await expect(one.keepDraft({ ...draft, value: { text: 'one more word' } })).rejects.toThrow()
  store.write = write
  await one.lookAgain()
  expect([typed(), one.view.turn]).toEqual([[{ text: 'one more word' }], 0])
})

test('a photo that was being made small while the screen began anew goes with the newest words', async () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  const world = await joined(server)
  const one = world.phone
  const draft = one.draft('visit', 'p1', () => ({ text: 'one' }))
  await one.keepDraft(draft)
  let done: () => void = () => undefined
  world.shrinking = new Promise((resolve) => (done = resolve))
  const kept = one.keepPhoto(draft, 'photo', photo('door'))
  const two = await another(world)
  world.clock += 1000
  await two.keepDraft({ ...draft, value: { text: 'one two' } })
  await one.lookAgain()
  expect(one.view.turn).toBe(1)
  done()
  const { digest } = await kept
  const [now] = one.view.drafts
  expect([now!.value, now!.photos.map((each) => each.digest)]).toEqual([{ text: 'one two' }, [digest]])
  expect(one.view.turn).toBe(2)
})

test('a draft that is written just after another window saved it is not put back, and goes on as another one', async () => {
  vi.stubGlobal('BroadcastChannel', undefined)
  const world = await joined(server)
  const one = world.phone
  const draft = one.draft('visit', 'p1', () => ({ text: 'one' }))
  await one.keepDraft(draft)
  const two = await another(world)
  const { outbox } = inside(two)
  const { write } = outbox
  outbox.write = async (changes) => {
    outbox.write = write
    await one.save('visit', draft.id, visitTo('p1'), about('p1'))
    await outbox.write(changes)
  }
  await two.keepDraft({ ...draft, value: { text: 'one two' } })
  const [now] = two.view.drafts
  expect([now!.id === draft.id, now!.value, two.view.turned]).toEqual([false, { text: 'one two' }, 'apart'])
  expect((await another(world)).view.drafts.map(({ id }) => id)).toEqual([now!.id])
})
