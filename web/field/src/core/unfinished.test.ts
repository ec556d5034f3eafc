// @vitest-environment node
// Drafts of all kinds, and refused records that become drafts again.
import { beforeEach, expect, test } from 'vitest'
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
