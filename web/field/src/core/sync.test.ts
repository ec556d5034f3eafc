// @vitest-environment node
// Nothing lost and nothing doubled, whatever the network and the battery do.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { stampOf } from './clock'
import { waitAfter } from './sync'
import { about, joined, noon, photo, pin, visitTo, type TestPhone } from './test-phone'
import { TestServer } from './test-server'

let server: TestServer
let now = noon
beforeEach(async () => {
  now = noon
  server = await TestServer.make(() => now)
})

afterEach(() => void vi.unstubAllGlobals())

const save = (world: TestPhone, key: string, more = {}) =>
  world.phone.save('visit', key, visitTo('p1', more), about('p1'))
const emergency = (at: string) => ({ at, what: 'fall' as const, called: [] })

/** Records that wait, made without a network. */
async function offline(world: TestPhone, keys: string[]): Promise<void> {
  server.fate = () => 'unheard'
  for (const key of keys) {
    world.clock += 1000
    await save(world, key)
  }
  await world.phone.syncIdle()
  server.fate = () => 'well'
}

test('emergencies go first, then the oldest; photos and signatures before their record', async () => {
  const world = await joined(server)
  await offline(world, ['b', 'a'])
  server.fate = () => 'unheard'
  const draft = world.phone.draft('visit', 'p2', () => ({}))
  const one = await world.phone.keepPhoto(draft, 'photo', photo('one'))
  const sign = await world.phone.keepPhoto(draft, 'signature', photo('sign'))
  await save(world, draft.id, { attachments: [one.digest], signature: sign.digest })
  await world.phone.save('emergency', 'e', emergency(world.phone.stamp()), { title: '', at: world.phone.stamp() })
  expect(world.phone.view.counts.unsent).toBe(4)
  server.fate = () => 'well'
  await world.phone.syncNow()
  expect(server.order).toEqual(['e', 'b', 'a', one.digest, sign.digest, draft.id])
})

test('a record that fails by itself does not hold up the others; three failures in a row stop the round', async () => {
  const world = await joined(server)
  const keys = ['a', 'b', 'c', 'd', 'e']
  await offline(world, keys)
  let posts = 0
  const parcel = () => server.requests[server.requests.length - 1] === 'POST /device/parcels'
  server.fate = () => (parcel() && ++posts === 1 ? 503 : 'well')
  await world.phone.syncNow()
  expect(server.order).toEqual(['b', 'c', 'd', 'e'])
  expect(world.phone.view.outbox.find((each) => each.key === 'a')).toMatchObject({ state: 'waiting', tries: 1 })
  server.fate = () => (parcel() ? 503 : 'well')
  await offline(world, ['f', 'g', 'h', 'i'])
  posts = 0
  server.fate = () => (parcel() && ++posts ? 503 : 'well')
  await world.phone.syncNow()
  expect(posts).toBe(3)
  expect(world.phone.view.sync.trouble?.code).toBe('server.busy')
})

test('a server that asks to be left alone is; the page of a wireless network is no answer', async () => {
  const world = await joined(server)
  await offline(world, ['a', 'b'])
  const before = server.requests.length
  server.fate = () => 429
  await world.phone.syncNow()
  expect(server.requests.length - before).toBe(1)
  expect(world.phone.view.counts.unsent).toBe(2)
})

test('waits grow with failures and differ by chance, up to a quarter of an hour', () => {
  expect([1, 2, 3].map((failures) => waitAfter(failures, 0.5))).toEqual([5000, 10000, 20000])
  expect(waitAfter(1, 0)).toBe(2500)
  expect(waitAfter(1, 1)).toBe(7500)
  expect(waitAfter(50, 1)).toBe(900_000)
})

test('it is tried again by itself after the wait', async () => {
  const world = await joined(server)
  await offline(world, ['a'])
  expect(server.order).toEqual([])
  await world.pass(600_000)
  expect(server.order).toEqual(['a'])
  expect(world.phone.view.sync).toEqual({ running: false, last: stampOf(noon), trouble: null, next: null })
})

test('on line again, and looked at again, it is tried at once; after a quarter of an hour the PIN is asked', async () => {
  const heard: Record<string, () => void> = {}
  const listen = (name: string, call: () => void) => void (heard[name] = call)
  const page = { visibilityState: 'visible', addEventListener: listen }
  vi.stubGlobal('addEventListener', listen)
  vi.stubGlobal('document', page)
  const world = await joined(server)
  await offline(world, ['a'])
  heard.online!()
  await world.phone.syncIdle()
  expect(server.order).toEqual(['a'])
  await offline(world, ['b'])
  const look = async (away: number) => {
    page.visibilityState = 'hidden'
    heard.visibilitychange!()
    world.clock += away
    page.visibilityState = 'visible'
    heard.visibilitychange!()
    await world.phone.syncIdle()
  }
  await look(60_000)
  expect([server.order, world.phone.view.state]).toEqual([['a', 'b'], 'open'])
  await look(16 * 60_000)
  expect(world.phone.view.state).toBe('locked')
})

test('a wait that was begun under another clock is over', async () => {
  const world = await joined(server)
  await offline(world, ['a', 'b', 'c', 'd'])
  const parcel = () => server.requests[server.requests.length - 1] === 'POST /device/parcels'
  server.fate = () => (parcel() ? 503 : 'well')
  for (let i = 0; i < 3; i++) await world.phone.syncNow()
  server.fate = () => 'well'
  world.clock -= 400 * 86_400_000
  await world.phone.save('visit', 'e', visitTo('p1'), about('p1'))
  await world.phone.syncIdle()
  expect([...server.order].sort()).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(world.phone.view.sync.next).toBeNull()
})

test('the list says how old it is, also on a phone that is opened without a network', async () => {
  const world = await joined(server)
  world.clock += 86_400_000
  server.fate = () => 'unheard'
  const phone = await world.open()
  await phone.unlock(pin)
  await phone.syncIdle()
  expect(phone.view.sync).toMatchObject({ last: stampOf(noon), trouble: { code: 'server.unreachable' } })
})

test('refused for good stays with its reason, and the record of a refused photo is judged too', async () => {
  const world = await joined(server)
  const { phone } = world
  server.verdict = ({ kind }) => (kind === 'attachment' ? { state: 'refused', problem: { code: 'parcel.size' } } : {})
  const draft = phone.draft('visit', 'p1', () => ({}))
  const one = await phone.keepPhoto(draft, 'photo', photo('one'))
  await save(world, draft.id, { attachments: [one.digest] })
  await phone.syncNow()
  expect(server.order).toEqual([])
  expect(phone.view.counts).toEqual({ unsent: 0, refused: 1, set_aside: 0 })
  expect(phone.view.outbox[0]?.problem).toMatchObject({ field: 'attachments[0]', words: { zh: '没有收到' } })
  expect((await phone.mend(draft.id)).content).toMatchObject({ attachments: [] })
})

test('a record that only waits for its photo does not keep the phone asking', async () => {
  const world = await joined(server)
  const { phone } = world
  const draft = phone.draft('visit', 'p1', () => ({}))
  const one = await phone.keepPhoto(draft, 'photo', photo('one'))
  server.fate = () => (server.requests[server.requests.length - 1] === 'POST /device/parcels' ? 503 : 'well')
  await save(world, draft.id, { attachments: [one.digest] })
  await phone.syncNow()
  expect(Date.parse(phone.view.sync.next!) - noon).toBeGreaterThanOrEqual(5000)
})

test('a photo that is too much for the network does not hold up records, nor an emergency', async () => {
  const world = await joined(server)
  const { phone } = world
  server.fate = () => 'unheard'
  const draft = phone.draft('visit', 'p1', () => ({}))
  const one = await phone.keepPhoto(draft, 'photo', photo('one'))
  await save(world, draft.id, { attachments: [one.digest] })
  await save(world, 'later')
  await phone.syncIdle()
  let uploads = 0
  const { fetch } = server
  const through = fetch.bind(server)
  server.fate = () => 'well'
  server.fetch = (address, how) => {
    if (!String(how?.body).includes('"attachment"')) return through(address, how)
    uploads++
    return new Promise((_done, fail) => how?.signal?.addEventListener('abort', () => fail(new Error('aborted'))))
  }
  const again = await world.open()
  await again.unlock(pin)
  while (uploads === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await again.save('emergency', 'e', emergency(again.stamp()), { title: '', at: again.stamp() })
  while (uploads < 2) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(server.order).toEqual(['e', 'later'])
  server.fetch = fetch
})

test('two pages of one phone send each thing once', async () => {
  const world = await joined(server)
  await offline(world, ['a', 'b', 'c', 'd'])
  const first = world.phone
  const second = await world.open()
  await Promise.all([first.syncNow(), second.syncNow(), first.syncNow()])
  expect(server.requests.filter((each) => each === 'POST /device/parcels').length).toBe(4)
  expect([...server.order].sort()).toEqual(['a', 'b', 'c', 'd'])
})

test('what was received goes off the phone after a week, what was refused stays', async () => {
  const world = await joined(server)
  server.verdict = ({ key }) => (key === 'b' ? { state: 'refused', problem: { code: 'visit.person' } } : {})
  await save(world, 'a')
  await save(world, 'b')
  await world.phone.syncNow()
  world.clock = now = noon + 8 * 86400_000
  await world.phone.syncNow()
  expect(world.phone.view.outbox.map((each) => each.key)).toEqual(['b'])
  await world.phone.dismiss('b')
  expect(world.phone.view.outbox).toEqual([])
})

test('a clock that is wrong by days is told to the server, and screens show the right time', async () => {
  const world = await joined(server)
  world.clock = noon - 3 * 86400_000
  await world.phone.syncNow()
  expect(world.phone.stamp()).toBe(stampOf(noon))
  const { phone } = world
  await phone.save('visit', 'a', visitTo('p1', { started_at: phone.stamp(), ended_at: phone.stamp() }), about('p1'))
  await phone.syncNow()
  const { content, offset } = server.arrived.get('a')!
  expect(offset).toBe(3 * 86400_000)
  expect(Date.parse(String(content.started_at)) + offset).toBe(noon)
})

test('a clock that was reset without a network: the record counts as just now, and says so', async () => {
  const world = await joined(server)
  server.fate = () => 'unheard'
  world.clock = Date.parse('2024-01-01T00:00:00Z')
  expect(world.phone.stamp()).toBe(stampOf(noon))
  const started_at = world.phone.stamp()
  await save(world, 'a', { started_at, ended_at: started_at })
  await world.phone.syncIdle()
  world.clock = now = noon + 7200_000
  server.fate = () => 'well'
  await world.phone.syncNow()
  const { content, offset } = server.arrived.get('a')!
  expect(Date.parse(String(content.started_at)) + offset).toBe(now)
  expect(offset).toBeGreaterThan(300_000)
})

test('a clock that is set right between saving and sending does not move the record', async () => {
  const world = await joined(server)
  world.clock = noon - 3 * 86400_000
  await world.phone.syncNow()
  const started_at = world.phone.stamp()
  server.fate = () => 'unheard'
  await save(world, 'a', { started_at, ended_at: started_at })
  await world.phone.syncIdle()
  now = noon + 7200_000
  world.clock = now
  server.fate = () => 'well'
  await world.phone.syncNow()
  const { content, offset } = server.arrived.get('a')!
  expect(Date.parse(String(content.started_at)) + offset).toBe(noon)
})
