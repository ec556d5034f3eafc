// The visitor's phone against a real server: without a network, killed, refused for a while, and yet everything is
// there once.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openHouse, type House } from './house.ts'
import { answerAll, beginRecord, FieldPhone, invite, sign, takePhoto, visitsOf } from './phone.ts'

let house: House
const phones: FieldPhone[] = []
const newPhone = () => {
  const phone = new FieldPhone()
  phones.push(phone)
  return phone
}
before(async () => (house = await openHouse()))
after(async () => {
  for (const phone of phones) await phone.close()
  await house.close()
})

test('a record with photo and signature, made without a network, killed, refused, arrives once', async () => {
  const phone = newPhone()
  await phone.join(await invite(house, 'cunju'))
  // A browser writes its cookies down within half a minute of getting them, and at its end.
  await phone.rest()
  const page = await phone.open(house.address)
  await phone.offline(true)
  await page.reload()
  await phone.unlock()
  const person = await beginRecord(page)
  const before = await visitsOf(house, person)
  await takePhoto(page)
  await page.getByAltText('照片 1').waitFor()
  await sign(page)
  await answerAll(page)
  await phone.waitUnsent(1)
  await phone.kill()

  let refused = 0
  const again = await phone.open('about:blank')
  await again.route('**/api/v1/device/parcels', async (route) => {
    refused++
    await route.fulfill({ status: 503, body: '' })
  })
  await again.goto(house.address)
  await phone.waitUnsent(1)
  while (refused === 0) await again.waitForTimeout(200)
  assert.equal((await visitsOf(house, person)).length, before.length)
  // Now each answer is lost once, after the server did what was asked.
  await again.unroute('**/api/v1/device/parcels')
  const lost = new Set<string>()
  await again.route('**/api/v1/device/parcels', async (route) => {
    const { key } = route.request().postDataJSON() as { key: string }
    const answer = await route.fetch()
    if (lost.has(key)) return route.fulfill({ response: answer })
    lost.add(key)
    await route.abort()
  })
  for (let i = 0; i < 4; i++) {
    await again.reload()
    await again.waitForTimeout(1500)
  }
  await phone.waitUnsent(0)
  assert.equal(lost.size, 3)
  const visits = await visitsOf(house, person)
  assert.equal(visits.length, before.length + 1)
})

interface Asked {
  what: string
  /** Both ways, as they went over the network. */
  bytes: Promise<number>
}
function watchNetwork(phone: FieldPhone): Asked[] {
  const asked: Asked[] = []
  phone.watch = (page: Page) =>
    page.on('requestfinished', (request) => {
      const [, path] = /\/api\/v1(\/[^?]*)/.exec(request.url()) ?? []
      const bytes = () => request.sizes().then((sizes) => Object.values(sizes).reduce((all, each) => all + each, 0))
      if (path) asked.push({ what: `${request.method()} ${path}`, bytes: bytes() })
    })
  return asked
}

test('all people come in one request; a visit with nothing changed takes three requests and 10 KB', async () => {
  const phone = newPhone()
  const asked = watchNetwork(phone)
  const page = await phone.join(await invite(house, 'cunju'))
  await page.getByText('名单更新于').waitFor()
  const people = asked.filter(({ what }) => what === 'POST /device/bundle')
  assert.equal(people.length, 1)
  assert.ok((await people[0]!.bytes) <= 150_000)

  await beginRecord(page)
  await answerAll(page)
  await phone.waitUnsent(0)
  await page.getByText('名单更新于').waitFor()
  asked.length = 0
  await beginRecord(page)
  await answerAll(page)
  await phone.waitUnsent(0)
  await page.getByText('名单更新于').waitFor()
  assert.deepEqual(
    asked.map(({ what }) => what),
    ['GET /device', 'POST /device/parcels', 'POST /device/bundle'],
  )
  const bytes = await Promise.all(asked.map((each) => each.bytes))
  console.log(`a visit with nothing changed: ${bytes.join(' + ')} bytes`)
  assert.ok(bytes.reduce((all, each) => all + each) <= 10_000)
})

test('two phones that see the same person both arrive', async () => {
  const [one, two] = [newPhone(), newPhone()]
  const people: string[] = []
  for (const phone of [one, two]) {
    const page = await phone.join(await invite(house, 'cunju'))
    people.push(await beginRecord(page))
    if (phone === one) continue
    const before = await visitsOf(house, people[0]!)
    for (const each of [one, two]) {
      await each.page.goto(`${house.address}/#/record/${people[0]}`)
      await answerAll(each.page)
      await each.waitUnsent(0)
    }
    assert.equal((await visitsOf(house, people[0]!)).length, before.length + 2)
  }
})
