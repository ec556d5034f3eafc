// The built application in Chromium: without a network, killed, refused, its answers lost, its clock wrong, its PIN
// forgotten, taken out of use; what was saved arrives, and arrives once.
import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { openContract, type Contract } from './field/contract.ts'
import { assertSound } from './house.ts'
import { answerAll, beginRecord, coreOf, FieldPhone, sign, takePhoto } from './phone.ts'

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
  contract.newer = false
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

test('a newer version waits while a record is open until it is wanted, and the record goes on in it', async () => {
  const { page } = phone
  const answer = (name: RegExp) => page.getByRole('group', { name }).getByRole('radio').last()
  await beginRecord(page)
  await answer(/^心情/).check()
  contract.newer = true
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((each) => each?.update()))
  await page.getByText('有新版本').waitFor()
  await answer(/^燃气安全/).check()
  assert.equal(await page.title(), '探访')
  await page.getByRole('button', { name: '现在更新' }).click()
  await phone.unlock()
  await page.getByText('前面写的都在').waitFor()
  assert.equal(await page.title(), '探访（新）')
  assert.ok((await answer(/^心情/).isChecked()) && (await answer(/^燃气安全/).isChecked()))
  await phone.offline(true)
  await page.reload()
  assert.equal(await page.title(), '探访（新）')
  await phone.unlock()
  await answerAll(page)
  await phone.waitUnsent(1)
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

test('an emergency typed while the phone is locked outlives the browser, and goes before what waits', async () => {
  const { page } = phone
  await saveOffline()
  await page.reload()
  await page.getByLabel('六位数字密码').waitFor()
  await page.getByRole('link', { name: '紧急', exact: true }).click()
  await page.getByRole('radio', { name: '摔倒' }).check()
  await page.getByLabel('在哪里').fill('村口石桥')
  // What was typed last is on the disk once the next change is.
  const core = await coreOf(page)
  await core.evaluate((core) => core.keepDraft(core.view.drafts[0]!))
  assert.equal(await page.getByText('紧急报告没写完').count(), 0)
  // Elsewhere it is said, and the way back to it is open.
  await page.getByRole('button', { name: '返回' }).click()
  await page.getByText('紧急报告没写完').waitFor()
  await page.getByRole('link', { name: '紧急', exact: true }).click()
  assert.equal(await page.getByLabel('在哪里').inputValue(), '村口石桥')
  assert.equal(await page.getByText('紧急报告没写完').count(), 0)
  await phone.kill()

  const again = await phone.open('about:blank')
  await phone.offline(true)
  await again.goto(contract.address)
  await again.getByText('的紧急报告没写完，还没发出').waitFor()
  await again.getByLabel('六位数字密码').waitFor()
  await assertSound(again)
  await again.getByRole('button', { name: '现在发出' }).click()
  await again.getByText('报告已存好，最先发出').waitFor()
  await phone.waitUnsent(2)
  await phone.offline(false)
  await phone.waitUnsent(0)
  const arrived = contract.server.order.map((key) => contract.server.arrived.get(key)!)
  assert.deepEqual(
    arrived.map(({ kind }) => kind),
    ['emergency', 'visit'],
  )
  const { what, where } = arrived[0]!.content
  assert.deepEqual([what, where], ['fall', '村口石桥'])
  assert.equal(await again.getByText('紧急报告没写完').count(), 0)
})
