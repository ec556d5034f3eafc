// The built application in Chromium: without a network, killed, refused, its answers lost, its clock wrong, its PIN
// forgotten, taken out of use; what was saved arrives, and arrives once.
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openContract, type Contract } from './field/contract.ts'
import { answerAll, beginRecord, FieldPhone, sign, takePhoto } from './phone.ts'

let contract: Contract
let phone: FieldPhone
before(async () => (contract = await openContract()))
after(() => contract.close())
beforeEach(async () => {
  contract.server.order.length = 0
  phone = new FieldPhone()
  await phone.join(`${contract.address}/#/join/invitation`)
})
afterEach(async () => {
  contract.server.fate = () => 'well'
  await phone.close()
})

/** A record that waits, as there is no network. */
async function saveOffline(): Promise<void> {
  await phone.offline(true)
  await beginRecord(phone.page)
  await answerAll(phone.page)
  await phone.waitUnsent(1)
}
const isParcel = () => contract.server.requests[contract.server.requests.length - 1] === 'POST /device/parcels'

test('a record with photo and signature, made without a network, killed, refused, arrives once', async () => {
  const { page } = phone
  const { server } = contract
  await phone.offline(true)
  await page.reload()
  await phone.unlock()
  await beginRecord(page)
  await takePhoto(page)
  await page.getByAltText('照片 1').waitFor()
  await sign(page)
  await phone.kill()
  const again = await phone.open(contract.address)
  await phone.offline(true)
  await phone.unlock()
  await beginRecord(again)
  await again.getByAltText('照片 1').waitFor()
  await answerAll(again)
  await phone.waitUnsent(1)
  await phone.kill()
  assert.deepEqual(server.order, [])

  server.fate = () => (isParcel() ? 503 : 'well')
  const third = await phone.open(contract.address)
  await phone.waitUnsent(1)
  await third.waitForTimeout(1000)
  let answers = 0
  server.fate = () => (isParcel() && answers++ % 2 === 0 ? 'lost' : 'well')
  for (let i = 0; i < 4; i++) {
    await third.reload()
    await third.waitForTimeout(1000)
  }
  await phone.waitUnsent(0)
  const kinds = server.order.map((key) => server.arrived.get(key)?.kind)
  assert.deepEqual(kinds, ['attachment', 'attachment', 'visit'])
  const photo = server.arrived.get(server.order[0]!)!
  assert.ok(photo.bytes.byteLength <= 300 * 1024, `${photo.bytes.byteLength}`)
})

test('a clock that is wrong by three days is told with the record', async () => {
  const { page } = phone
  const now = Date.now()
  await page.clock.setSystemTime(now - 3 * 86400_000)
  await page.reload()
  await phone.unlock()
  await beginRecord(page)
  await answerAll(page)
  await phone.waitUnsent(0)
  const { content, offset } = contract.server.arrived.get(contract.server.order[0]!)!
  assert.ok(Math.abs(Date.parse(String(content.started_at)) + offset - now) < 120_000)
  assert.equal(Math.round(offset / 86400_000), 3)
})

test('ten wrong PINs take the people away; what waits is sent', async () => {
  const { page } = phone
  await saveOffline()
  await phone.tryWrongPins()
  await phone.waitUnsent(1)
  await phone.offline(false)
  await page.reload()
  for (let tries = 0; contract.server.order.length === 0 && tries < 100; tries++) await page.waitForTimeout(100)
  await page.getByText('这部手机还没有绑定').waitFor()
  assert.equal(contract.server.order.length, 1)
})

test('a revoked phone is empty at its next contact; what it sends is set aside', async () => {
  const { page } = phone
  await saveOffline()
  contract.server.revoked = true
  await phone.offline(false)
  await page.reload()
  await page.getByText('这部手机已停用').waitFor()
  await phone.waitUnsent(0)
  assert.equal(contract.server.order.length, 1)
})
