// The phone's disk is nearly full: photos are refused and it is said so, records are kept and sent.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openHouse, type House } from '../house.ts'
import { answerAll, beginRecord, FieldPhone, invite, takePhoto, visitsOf } from '../phone.ts'

let house: House
const phone = new FieldPhone(160)
before(async () => (house = await openHouse()))
after(async () => {
  await phone.close()
  await house.close()
})

test('a disk with no room: a photo is refused and it is said so, the record is kept and sent', async () => {
  const page = await phone.join(await invite(house, 'cunju'))
  await phone.offline(true)
  const person = await beginRecord(page)
  const before = await visitsOf(house, person)
  // The first photo goes where room was kept aside for it; then something else takes that as well. Where even less is left
  // than a browser needs to note that something was given back, the first is refused too (phone.test.ts).
  phone.fillDisk(200)
  await takePhoto(page, 1)
  await page.getByAltText('照片 1').waitFor()
  await page.getByText('手机空间快满了').waitFor()
  phone.fillDisk(200)
  await takePhoto(page, 2)
  await page.getByText('这张照片没有存').first().waitFor()
  assert.equal(await page.getByAltText('照片 2').count(), 0)
  phone.fillDisk(200)
  await answerAll(page)
  await phone.waitUnsent(1)
  await phone.offline(false)
  await page.reload()
  await page.getByText('已全部发出').first().waitFor()
  assert.equal((await visitsOf(house, person)).length, before.length + 1)
})
