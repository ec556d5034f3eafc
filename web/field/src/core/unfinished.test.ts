// @vitest-environment node
// Drafts of all kinds, and refused records that become drafts again.
import { beforeEach, expect, test } from 'vitest'
import type { Inside } from './inside'
import type { Phone } from './phone'
import { mended } from './saving'
import { about, joined, noon, photo, pin, somebody, visitTo } from './test-phone'
import { TestServer } from './test-server'

let server: TestServer
beforeEach(async () => {
  server = await TestServer.make(() => noon)
  server.bundle = (cursor) => (cursor ? {} : { people: [somebody('p1'), somebody('p2', '李大福')] })
})

test('what is typed about one person, or nobody known, is found by what it is', async () => {
  const world = await joined(server)
  for (const [person, what] of [
    ['p1', 'phone'],
    ['p1', 'address'],
    [undefined, 'new_person'],
  ] as const)
    await world.phone.keepDraft(world.phone.draft('proposal', person, () => ({ typed: what }), what))
  const phone = await world.open()
  await phone.unlock(pin)
  const typed = (person: string | undefined, what: string) =>
    phone.draft<{ typed: string }>('proposal', person, () => ({ typed: '' }), what).value.typed
  expect([typed('p1', 'phone'), typed('p1', 'address'), typed(undefined, 'new_person')]).toEqual([
    'phone',
    'address',
    'new_person',
  ])
  expect([typed('p1', 'contact'), typed('p2', 'phone')]).toEqual(['', ''])
  const { id } = phone.draft('proposal', undefined, () => ({}), 'new_person')
  const person = { name: '李新', village: '510521100015' }
  await phone.save('proposal', id, { what: 'new_person', new_person: person }, { title: '李新', at: phone.stamp() })
  expect(phone.view.drafts).toHaveLength(2)
  await phone.syncNow()
  expect(server.order).toEqual([id])
})

test('a photo that is still being made small when its record is saved is not left behind', async () => {
  const world = await joined(server)
  const { phone } = world
  const draft = phone.draft('visit', 'p1', () => ({}))
  await phone.keepDraft(draft)
  let done: () => void = () => undefined
  world.shrinking = new Promise((resolve) => (done = resolve))
  const kept = phone.keepPhoto(draft, 'photo', photo('late'))
  await phone.save('visit', draft.id, visitTo('p1'), about('p1'))
  done()
  const { digest } = await kept
  await phone.syncNow()
  expect(server.order).toEqual([draft.id])
  expect(server.arrived.has(digest)).toBe(false)
  expect(phone.view.drafts).toEqual([])
  const next = await world.open()
  await next.unlock(pin)
  expect(next.view.drafts).toEqual([])
})

test('the form of a refused record stays until that is mended', async () => {
  const form = (version: string) => ({ scheme: 's', form: 'visit', version, definition: {} as never })
  const problem = { code: 'visit.answer', detail: '血压太高', detail_en: 'too high' }
  server.bundle = (cursor) => ({ people: cursor ? [] : [somebody('p1')], forms: [form(cursor ? '2' : '1')] })
  const world = await joined(server)
  const { phone } = world
  server.verdict = ({ key }) => (key === 'a' ? { state: 'refused', problem } : {})
  await phone.save('visit', 'a', visitTo('p1'), { ...about('p1'), form: { scheme: 's', form: 'visit', version: '1' } })
  await phone.syncNow()
  const versions = () => phone.view.forms.map((each) => each.version).sort()
  expect(versions()).toEqual(['1', '2'])
  expect((await phone.mend('a')).about.form).toMatchObject({ version: '1' })
})

test('a photo whose draft the phone died without goes after a day', async () => {
  const world = await joined(server)
  const draft = world.phone.draft('visit', 'p1', () => ({}))
  const { digest } = await world.phone.keepPhoto(draft, 'photo', photo('one'))
  const inside = (phone: object) => (phone as unknown as { inside: Inside }).inside
  await inside(world.phone).store.write([{ table: 'drafts', clear: true }])
  const held = async () => {
    const phone = await world.open()
    await phone.unlock(pin)
    return inside(phone).outbox.get(digest)?.state
  }
  expect(await held()).toBe('held')
  world.clock += 2 * 86_400_000
  expect(await held()).toBeUndefined()
})

test('screens begin anew on another day', async () => {
  let now = noon
  const world = await joined(await TestServer.make(() => now))
  await world.phone.syncNow()
  expect(world.phone.view.turn).toBe(0)
  world.clock = now += 86_400_000
  await world.phone.syncNow()
  expect(world.phone.view.turn).toBe(1)
})

test('a record is mended with the photos that it was sent with, as small pictures; one can be left out', async () => {
  const world = await joined(server)
  const { phone } = world
  const draft = phone.draft('visit', 'p1', () => ({}))
  const door = await phone.keepPhoto(draft, 'photo', photo('door'))
  const stove = await phone.keepPhoto(draft, 'photo', photo('stove'))
  const sign = await phone.keepPhoto(draft, 'signature', photo('sign'))
  const attachments = [door, stove, sign].map(({ digest }) => digest)
  server.verdict = ({ key }) => (key === draft.id ? { state: 'refused', problem: { code: 'visit.answer' } } : {})
  const content = visitTo('p1', { attachments, signature: sign.digest })
  await phone.save('visit', draft.id, content, about('p1'))
  await phone.syncNow()
  const again = await world.open()
  await again.unlock(pin)
  const { photos } = await again.mend(draft.id)
  expect(photos).toEqual([door, stove, sign].map((each) => ({ ...each, sent: true })))
  const next = { ...again.draft('visit', 'p1', () => ({})), photos, mends: draft.id }
  await again.keepDraft(next)
  await again.dropPhoto(next, stove.digest)
  expect(again.view.drafts[0]!.photos.map(({ digest }) => digest)).toEqual([door.digest, sign.digest])
  const left = { attachments: [door.digest, sign.digest], signature: sign.digest }
  await again.save('visit', next.id, visitTo('p1', left), about('p1'))
  await again.syncNow()
  expect(server.arrived.get(next.id)!.content).toMatchObject(left)
  expect(again.view.outbox.map(({ state }) => state)).toEqual(['received'])
})

test('a record that was saved without small pictures is mended with its photos all the same', async () => {
  const content = visitTo('p1', { attachments: ['a', 'b'], signature: 'b' })
  const { photos } = mended({ kind: 'visit', content, about: about('p1') }, undefined)
  expect(photos.map(({ digest, role, sent }) => [digest, role, sent])).toEqual([
    ['a', 'photo', true],
    ['b', 'signature', true],
  ])
})

test('an emergency typed while the phone is locked outlives it, sealed, and goes before what waits when somebody says so', async () => {
  const world = await joined(server)
  server.fate = () => 'unheard'
  await world.phone.save('visit', 'a', visitTo('p1'), about('p1'))
  let phone = await world.open()
  const fall = (note: string) => ({ at: phone.stamp(), what: 'fall' as const, note, called: [] })
  const begun = phone.draft('emergency', undefined, () => ({}), 'emergency ')
  await expect(phone.keepDraft(phone.draft('visit', 'p1', () => ({})))).rejects.toMatchObject({
    message: 'phone.locked',
  })
  for (const note of ['o', 'one', 'one man']) void phone.keepDraft({ ...begun, so_far: fall(note) })
  await phone.keepDraft({ ...begun, so_far: fall('one man lies there') })
  await phone.syncNow()
  expect([phone.view.held.map(({ key }) => key), phone.view.counts.unsent]).toEqual([[begun.id], 1])
  expect(phone.draft('emergency', undefined, () => ({}), 'emergency ').id).toBe(begun.id)

  phone = await world.open()
  await phone.syncNow()
  expect(phone.view).toMatchObject({ state: 'locked', counts: { unsent: 1 }, held: [{ key: begun.id }] })
  expect(phone.view.outbox.map(({ key }) => key)).toEqual(['a'])
  // Neither wrong PINs nor an office take it away.
  await phone.wipe()
  expect(phone.view.held).toHaveLength(1)
  server.fate = () => 'well'
  await phone.sendHeld(begun.id)
  await phone.syncNow()
  expect(server.order).toEqual([begun.id, 'a'])
  expect(server.arrived.get(begun.id)!.content).toMatchObject({ what: 'fall', note: 'one man lies there' })
  expect(phone.view.held).toEqual([])
})

test('unlocked, an emergency that was begun before is a draft like any other; a held one can be dropped', async () => {
  const world = await joined(server)
  let phone = await world.open()
  const begin = () => phone.draft('emergency', undefined, () => ({ typed: 1 }), 'emergency ')
  const kept = { ...begin(), so_far: { at: phone.stamp(), what: 'ill' as const, called: [] } }
  await phone.keepDraft(kept)
  await phone.unlock(pin)
  await phone.syncNow()
  expect([phone.view.drafts.map(({ id }) => id), phone.view.held]).toEqual([[kept.id], []])
  phone = await world.open()
  expect(phone.view.held).toEqual([])
  const next = { ...begin(), so_far: kept.so_far }
  await phone.keepDraft(next)
  phone = await world.open()
  await phone.dismiss(next.id)
  expect(phone.view.held).toEqual([])
  phone = await world.open()
  await phone.unlock(pin)
  expect([phone.view.drafts.map(({ id }) => id), phone.view.held]).toEqual([[kept.id], []])
  expect(server.order).toEqual([])
})

test('pressed, an emergency that was begun while the phone was locked is sent as it is then, once', async () => {
  const world = await joined(server)
  const phone = await world.open()
  const { id, ...rest } = phone.draft('emergency', undefined, () => ({}), 'emergency ')
  const said = { at: phone.stamp(), what: 'other' as const, called: [] }
  void phone.keepDraft({ id, ...rest, so_far: said })
  await phone.save('emergency', id, { ...said, what: 'fire' }, { title: '', at: said.at })
  await phone.save('emergency', id, { ...said, what: 'ill' }, { title: '', at: said.at })
  await phone.syncNow()
  expect(server.order).toEqual([id])
  expect(server.arrived.get(id)!.content).toMatchObject({ what: 'fire' })
  expect((await world.open()).view.held).toEqual([])
})

/** What an emergency says so far, as its screen keeps it. */
const saying = (phone: Phone, note: string) => ({ at: phone.stamp(), what: 'fall' as const, note, called: [] })
const emergency = (phone: Phone) => phone.draft('emergency', undefined, () => ({ note: '' }), 'emergency ')

test('what was typed on after the phone locked is not hidden by the draft of before', async () => {
  const world = await joined(server)
  let { phone } = world
  const begun = emergency(phone)
  await phone.keepDraft({ ...begun, value: { note: 'one' }, so_far: saying(phone, 'one') })
  phone.lock()
  await phone.keepDraft({ ...begun, value: { note: 'one man' }, so_far: saying(phone, 'one man') })
  phone = await world.open()
  await phone.unlock(pin)
  expect([phone.view.drafts, phone.view.held.map(({ key }) => key)]).toEqual([[], [begun.id]])
  expect(emergency(phone).id).not.toBe(begun.id)
  await phone.sendHeld(begun.id)
  await phone.syncNow()
  expect(server.arrived.get(begun.id)!.content).toMatchObject({ note: 'one man' })
  phone = await world.open()
  await phone.unlock(pin)
  expect([phone.view.drafts, phone.view.held]).toEqual([[], []])
})
