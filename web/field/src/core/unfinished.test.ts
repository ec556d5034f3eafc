// @vitest-environment node
// Drafts of all kinds, and refused records that become drafts again.
import { beforeEach, expect, test } from 'vitest'
import type { Inside } from './inside'
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

test('a draft that another page went on with or saved is taken over when one comes back', async () => {
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
