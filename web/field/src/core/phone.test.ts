// @vitest-environment node
// Who may look, and what happens to what was saved when they may not any more.
import { beforeEach, expect, test } from 'vitest'
import { Refusal } from './core'
import type { Inside } from './inside'
import { tables, type Change } from './store'
import { about, joined, noon, photo, pin, somebody, TestPhone, visitTo } from './test-phone'
import { TestServer } from './test-server'

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

test('an invitation binds the phone and brings the people; the PIN opens it again after a kill', async () => {
  const world = await joined(server)
  expect(world.phone.view).toMatchObject({ state: 'open', account: { name: '王敏' } })
  expect(world.phone.view.people.map((each) => each.name)).toEqual(['张秀英', '李大福'])
  const again = await world.open()
  expect(again.view).toMatchObject({ state: 'locked', people: [], account: null })
  await again.unlock(pin)
  expect(again.view.state).toBe('open')
  expect(again.person('p2')?.name).toBe('李大福')
})

/** All that the phone's database holds, bytes as text. */
async function onDisk(world: TestPhone): Promise<string> {
  const { store } = (world.phone as unknown as { inside: Inside }).inside
  const bytes = (value: ArrayBuffer) => new TextDecoder('utf-8', { fatal: false }).decode(value)
  const words = (_name: string, value: unknown) => (value instanceof ArrayBuffer ? bytes(value) : value)
  const all = await Promise.all(tables.map((table) => store.all(table)))
  expect(all.map((each) => each.length > 0)).toEqual([true, true, true, true])
  return JSON.stringify(all, words)
}

test('nothing of a person, of what was written about them or of a photo is on the disk in the open', async () => {
  const world = await joined(server)
  const { phone } = world
  server.fate = () => 'unheard'
  const draft = phone.draft('visit', 'p1', () => ({ text: '血压偏高' }))
  const { digest } = await phone.keepPhoto(draft, 'photo', photo('what it shows'))
  const other = phone.draft('visit', 'p2', () => ({ text: '血压偏高' }))
  await phone.keepDraft(other)
  const content = visitTo('p1', { answers: { note: '血压偏高' }, attachments: [digest] })
  await phone.save('visit', draft.id, content, about('p1'))
  await phone.syncIdle()
  const kept = await onDisk(world)
  expect(kept).toContain(digest)
  for (const secret of [
    '张秀英',
    '李大福',
    '13800000000',
    '一组3号',
    '血压偏高',
    'what it shows',
    'home_visit',
    '王敏',
    pin,
  ])
    expect(kept, secret).not.toContain(secret)
})

test('an invitation that is not known is refused in the words of the server, and binds nothing', async () => {
  const phone = await new TestPhone(server).open()
  expect(await codeOf(phone.join('old', pin, ''))).toBe('invitation.unknown')
  expect(await codeOf(phone.join('invitation', '111111', ''))).toBe('pin.form')
  expect(phone.view.state).toBe('new')
})

test('a phone whose answer was lost, or that died while it was bound, is bound when it wakes', async () => {
  server.fate = () => (server.requests[server.requests.length - 1] === 'POST /devices' ? 'lost' : 'well')
  const world = await joined(server)
  expect(world.phone.view.state).toBe('open')
  const second = await TestServer.make(() => noon)
  second.fate = () => (second.requests.some((each) => each === 'POST /devices') ? 'lost' : 'well')
  const other = new TestPhone(second)
  expect(await codeOf((await other.open()).join('invitation', pin, ''))).toBe('server.unreachable')
  second.fate = () => 'well'
  const woken = await other.open()
  expect(woken.view.state).toBe('locked')
  await woken.unlock(pin)
})

test('wrong PINs slow down, also across kills, and the tenth takes the people and keeps what waits', async () => {
  const world = await joined(server)
  server.fate = () => 'unheard'
  await world.phone.save('visit', 'a', visitTo('p1'), about('p1'))
  let phone = await world.open()
  for (const left of [9, 8, 7]) expect(await phone.unlock('000001').catch((e) => e.count)).toBe(left)
  phone = await world.open()
  expect(await codeOf(phone.unlock(pin))).toBe('pin.wait')
  for (let wrong = 4; wrong <= 10; wrong++) {
    world.clock += 1800_000
    expect(await codeOf(phone.unlock('000001'))).toBe(wrong === 10 ? 'pin.wiped' : 'pin.wrong')
  }
  expect(phone.view).toMatchObject({ state: 'new', people: [], counts: { unsent: 1 } })
  server.fate = () => 'well'
  phone = await world.open()
  await phone.syncNow()
  expect(server.order).toEqual(['a'])
  expect(phone.view.counts.unsent).toBe(0)
})

test('a clock that is set back or forward neither shortens the wait to less nor makes it longer', async () => {
  const world = await joined(server)
  const phone = await world.open()
  for (let i = 0; i < 3; i++) await phone.unlock('000001').catch(() => null)
  world.clock -= 86400_000
  const error = (await phone.unlock(pin).catch((e) => e)) as Refusal
  expect(error.problem.code).toBe('pin.wait')
  expect(error.count).toBe(30)
})

test('the PIN can be changed; the old one opens nothing any more', async () => {
  const world = await joined(server)
  await world.phone.changePin(pin, '975310')
  const phone = await world.open()
  expect(await codeOf(phone.unlock(pin))).toBe('pin.wrong')
  await phone.unlock('975310')
  expect(phone.view.people).toHaveLength(2)
})

test('a revoked phone is empty at its next contact, locked or not, and what it still sends is set aside', async () => {
  const world = await joined(server)
  server.fate = () => 'unheard'
  await world.phone.save('visit', 'a', visitTo('p1'), about('p1'))
  const draft = world.phone.draft('visit', 'p2', () => ({ text: '住院' }))
  await world.phone.keepPhoto(draft, 'photo', photo('one'))
  const phone = await world.open()
  server.revoked = true
  server.fate = () => 'well'
  await phone.syncNow()
  expect(phone.view).toMatchObject({ state: 'revoked', people: [], drafts: [], counts: { unsent: 0, set_aside: 1 } })
  expect(server.order).toEqual(['a'])
  expect((await world.open()).view.state).toBe('revoked')
})

test('what was sealed before the phone was bound anew goes under the device that sealed it', async () => {
  const world = await joined(server)
  server.fate = () => 'unheard'
  await world.phone.save('visit', 'a', visitTo('p1'), about('p1'))
  await world.phone.wipe()
  server.fate = () => 'well'
  await world.phone.join('invitation', '975310', '')
  expect(server.order).toEqual(['a'])
  await world.phone.save('visit', 'b', visitTo('p1'), about('p1'))
  await world.phone.syncNow()
  expect(server.arrived.get('a')?.device).not.toBe(server.arrived.get('b')?.device)
})

test('an emergency is reported while locked; a visit is not', async () => {
  const world = await joined(server)
  const phone = await world.open()
  const called = [{ who: '120', at: phone.stamp() }]
  await phone.save('emergency', 'e', { at: phone.stamp(), what: 'fall', called }, { title: '', at: phone.stamp() })
  expect(await codeOf(phone.save('visit', 'v', visitTo('p1'), about('p1')))).toBe('phone.locked')
  await phone.syncNow()
  expect(server.order).toEqual(['e'])
})

test('a draft with its photo outlives a kill, keeps its form, and is saved once only', async () => {
  const world = await joined(server)
  const draft = world.phone.draft('visit', 'p1', () => ({ health: 'good' }))
  await world.phone.keepPhoto(draft, 'photo', photo('one'))
  draft.value.health = 'worse'
  void world.phone.keepDraft(draft)
  await world.phone.keepDraft(draft)
  const phone = await world.open()
  await phone.unlock(pin)
  const found = phone.draft('visit', 'p1', () => ({ health: 'fresh' }))
  expect(found).toMatchObject({ id: draft.id, value: { health: 'worse' }, photos: [{ role: 'photo' }] })
  const content = visitTo('p1', { attachments: found.photos.map((each) => each.digest) })
  await phone.save('visit', found.id, content, about('p1'))
  await phone.save('visit', found.id, content, about('p1'))
  await phone.syncNow()
  expect(server.order).toEqual([found.photos[0]?.digest, found.id])
  expect(phone.view).toMatchObject({ drafts: [], counts: { unsent: 0 } })
})

test('a dropped draft takes its photo along, unless another draft has the same', async () => {
  const world = await joined(server)
  const { phone } = world
  const one = phone.draft('visit', 'p1', () => ({}))
  const two = phone.draft('visit', 'p2', () => ({}))
  const kept = await phone.keepPhoto(one, 'photo', photo('same'))
  await phone.keepPhoto(two, 'photo', photo('same'))
  await phone.dropDraft(one.id)
  await phone.save('visit', two.id, visitTo('p2', { attachments: [kept.digest] }), about('p2'))
  await phone.syncNow()
  expect(server.order).toEqual([kept.digest, two.id])
  const three = phone.draft('visit', 'p1', () => ({}))
  const gone = await phone.keepPhoto(three, 'photo', photo('gone'))
  await phone.dropPhoto(three, gone.digest)
  await phone.save('visit', three.id, visitTo('p1'), about('p1'))
  await phone.syncNow()
  expect(server.arrived.has(gone.digest)).toBe(false)
})

test('what was refused says why and can be mended; saving the mended one takes the refused one away', async () => {
  const world = await joined(server)
  const { phone } = world
  const words = { code: 'visit.answer', detail: '血压太高', detail_en: 'too high', fields: [{ field: 'pressure' }] }
  server.verdict = ({ key }) => (key === 'a' ? { state: 'refused', problem: words } : {})
  await phone.save('visit', 'a', visitTo('p1', { answers: { pressure: 900 } }), about('p1'))
  await phone.syncNow()
  expect(phone.view.outbox).toMatchObject([
    { key: 'a', state: 'refused', mendable: true, problem: { code: 'visit.answer', field: 'pressure' } },
  ])
  const { content } = await phone.mend('a')
  expect(content).toMatchObject({ person: 'p1', answers: { pressure: 900 } })
  const draft = { ...phone.draft('visit', 'p1', () => ({})), mends: 'a' }
  await phone.keepDraft(draft)
  await phone.save('visit', draft.id, visitTo('p1'), about('p1'))
  await phone.syncNow()
  expect(phone.view.outbox.map((each) => [each.key, each.state])).toEqual([[draft.id, 'received']])
})

test('a phone that is nearly full refuses photos, says so, and still takes records', async () => {
  const world = await joined(server)
  const { phone } = world
  world.free = 1_000_000
  const draft = phone.draft('visit', 'p1', () => ({}))
  expect(await codeOf(phone.keepPhoto(draft, 'photo', photo('one')))).toBe('photo.storage')
  expect(phone.view.storage).toBe('full')
  await phone.save('visit', draft.id, visitTo('p1'), about('p1'))
  await phone.syncNow()
  expect(server.order).toEqual([draft.id])
})

test('a disk without a byte left refuses a photo in the same words, though the database cannot even be opened', async () => {
  const { phone } = await joined(server)
  const { store } = (phone as unknown as { inside: Inside }).inside
  const gone = () => Promise.reject(new DOMException('opening failed', 'UnknownError'))
  Object.assign(store, { write: gone, has: gone })
  const draft = phone.draft('visit', 'p1', () => ({}))
  expect(await codeOf(phone.keepPhoto(draft, 'photo', photo('one')))).toBe('photo.storage')
  expect(phone.view.storage).toBe('full')
})

test('people who went to another visitor go, changed ones are changed, forms of drafts stay', async () => {
  const form = (version: string) => ({ scheme: 's', form: 'visit', version, definition: {} as never })
  server.bundle = (cursor) =>
    cursor
      ? { people: [{ ...somebody('p2', '李大福'), form: { ...form('2') } }], gone: ['p1'], forms: [form('2')] }
      : { people: [somebody('p1'), somebody('p2')], forms: [form('1')] }
  const world = await joined(server)
  const draft = { ...world.phone.draft('visit', 'p2', () => ({})), form: form('1') }
  await world.phone.keepDraft(draft)
  await world.phone.syncNow()
  expect(world.phone.view.people.map((each) => each.name)).toEqual(['李大福'])
  expect(world.phone.view.forms.map((each) => each.version)).toEqual(['2', '1'])
  await world.phone.dropDraft(draft.id)
  await world.phone.syncNow()
  expect(world.phone.view.forms.map((each) => each.version)).toEqual(['2'])
})

test('a store that is full gives photos what was kept aside for them, then records what was kept for those', async () => {
  const world = await joined(server)
  const { phone } = world
  const inside = (phone as unknown as { inside: Inside }).inside
  const { write } = inside.store
  // As much room as was kept aside: nothing goes in unless something came out.
  let room = 0
  const isAside = (change: Change) => 'key' in change && change.key.startsWith('aside')
  inside.store.write = async (changes) => {
    room += changes.filter((each) => isAside(each) && 'remove' in each).length
    const large = changes.some((each) => 'put' in each && (isAside(each) || each.table === 'parts'))
    if (large && room-- < 1) {
      room = 0
      throw new DOMException('no room', 'QuotaExceededError')
    }
    return write.call(inside.store, changes)
  }
  const draft = phone.draft('visit', 'p1', () => ({}))
  const first = phone.keepPhoto(draft, 'photo', photo('one'))
  await world.settle()
  await first
  expect(phone.view.storage).toBe('low')
  expect(await codeOf(phone.keepPhoto(draft, 'photo', photo('two')))).toBe('photo.storage')
  await world.settle()
  expect(phone.view.storage).toBe('full')
  const saved = phone.save('visit', draft.id, visitTo('p1'), about('p1'))
  await world.settle()
  await saved
  expect(await codeOf(phone.save('visit', 'b', visitTo('p1'), about('p1')))).toBe('storage.full')
})
