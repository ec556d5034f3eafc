// What a phone still sent after an office had revoked it: nothing of it is done until the office decides.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertSound, call, openHouse, type House } from './house.ts'
import { answerAll, beginRecord, FieldPhone, invite, visitsOf } from './phone.ts'

let house: House
const phone = new FieldPhone()
before(async () => (house = await openHouse()))
after(async () => {
  await phone.close()
  await house.close()
})

test('two records of a revoked phone: one is accepted and counts, the other is not and tells why', async () => {
  const page = await phone.join(await invite(house, 'cunju'))
  await phone.offline(true)
  const person = await beginRecord(page)
  await answerAll(page)
  await phone.waitUnsent(1)
  await page.goto(`${house.address}/#/record/${person}`)
  await answerAll(page)
  await phone.waitUnsent(2)
  const count = async () => (await visitsOf(house, person)).length
  const before = await count()

  const office = await house.enter('zhenjie', '/work/set-aside')
  await office.getByText('没有待办事项。').waitFor()
  const { devices } = (await call(office, 'GET', '/devices')) as { devices: { id: string }[] }
  await call(office, 'POST', `/devices/${devices[0]?.id}/revocation`, { reason: '手机丢失' })
  await phone.offline(false)
  await phone.waitUnsent(0)
  await office.reload()
  const rows = office.getByRole('table', { name: '待判定的手机登记' }).locator('tbody tr')
  await rows.nth(1).waitFor()
  assert.equal(await rows.filter({ hasText: /探访记录.*cunju的姓名 \(cunju\).*手机已停用/s }).count(), 2)
  await assertSound(office)
  assert.equal(await count(), before)

  await rows.first().getByRole('button', { name: '采用', exact: true }).click()
  await office.getByText('已采用，按该账号登记并注明由您采用').waitFor()
  await rows.nth(1).waitFor({ state: 'detached' })
  await rows.first().getByRole('button', { name: '不采用' }).click()
  const dialog = office.getByRole('dialog', { name: '不采用' })
  await dialog.getByText('手机再次询问时会看到原因').waitFor()
  await dialog.getByRole('button', { name: '不采用' }).click()
  await dialog.locator('.error').first().waitFor()
  await assertSound(office)
  await dialog.getByLabel('原因').fill('手机丢失以后登记的')
  await dialog.getByRole('button', { name: '不采用' }).click()
  await office.getByText('没有待办事项。').waitFor()
  await assertSound(office)
  assert.equal(await count(), before + 1)
})
