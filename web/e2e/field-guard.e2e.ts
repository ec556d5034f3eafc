// Who may look at a phone: its PIN forgotten, taken out of use; and what one does whose clock is wrong.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { call, openHouse, type House } from './house.ts'
import { answerAll, beginRecord, FieldPhone, invite, visitsOf } from './phone.ts'

let house: House
let phone: FieldPhone
before(async () => {
  house = await openHouse()
  phone = new FieldPhone()
  await phone.join(await invite(house, 'cunju'))
})
after(async () => {
  await phone.close()
  await house.close()
})

test('a clock that is wrong by days: the record lands in its day, and says so', async () => {
  const { page } = phone
  const now = Date.now()
  await page.clock.setSystemTime(now - 3 * 86400_000)
  await page.reload()
  await phone.unlock()
  const person = await beginRecord(page)
  await answerAll(page)
  await phone.waitUnsent(0)
  const [newest] = await visitsOf(house, person)
  assert.ok(Math.abs(Date.parse(newest!.started_at) - now) < 600_000, newest!.started_at)
  await page.clock.setSystemTime(now)
})

test('ten wrong PINs take the people and leave what waits, which is sent; bound anew it goes on', async () => {
  const { page } = phone
  await page.goto(`${house.address}/#/`)
  await phone.offline(true)
  const person = await beginRecord(page)
  await answerAll(page)
  await phone.waitUnsent(1)
  const before = await visitsOf(house, person)
  await phone.tryWrongPins()
  await phone.waitUnsent(1)
  assert.equal(await page.locator('a[href^="#/person/"]').count(), 0)
  await page.clock.setSystemTime(Date.now())
  const sent = page.waitForResponse('**/api/v1/device/parcels')
  await phone.offline(false)
  await page.reload()
  await page.getByText('这部手机还没有绑定').waitFor()
  assert.equal((await sent).status(), 200)
  await page.getByText('1 条未发').waitFor({ state: 'detached' })
  assert.equal((await visitsOf(house, person)).length, before.length + 1)
  await phone.kill()
  await phone.join(await invite(house, 'cunju'))
})

test('a phone that an office revokes is empty at its next contact; what it still sends is set aside', async () => {
  const { page } = phone
  await page.goto(`${house.address}/#/`)
  await phone.offline(true)
  await beginRecord(page)
  await answerAll(page)
  await phone.waitUnsent(1)
  const office = await house.enter('quxian')
  const { devices } = (await call(office, 'GET', '/devices?limit=50')) as { devices: { id: string; state: string }[] }
  const active = devices.filter((each) => each.state === 'active')
  for (const { id } of active) await call(office, 'POST', `/devices/${id}/revocation`, { reason: '手机丢失' })
  await phone.offline(false)
  await page.reload()
  await page.getByText('这部手机已停用').waitFor()
  await phone.waitUnsent(0)
  const { set_aside } = (await call(office, 'GET', '/set-aside?limit=50')) as { set_aside: { kind: string }[] }
  assert.deepEqual(
    set_aside.map((each) => each.kind),
    ['visit'],
  )
  await office.context().close()
})
