// Photos on their way from a phone's camera to the server: small, without what the camera wrote into them, or refused.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openHouse, type House } from './house.ts'
import { answerAll, beginRecord, invite, pin } from './phone.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

/** Twelve megapixels of noise, which no picture of the world is worse than, with a place in it as cameras write one. */
async function noise(page: Page): Promise<Buffer> {
  const address = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 4000, height: 3000 })
    const pen = canvas.getContext('2d')!
    const dots = pen.createImageData(4000, 3000)
    for (let i = 0, seed = 7; i < dots.data.length; i++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      dots.data[i] = i % 4 === 3 ? 255 : seed >>> 24
    }
    pen.putImageData(dots, 0, 0)
    return canvas.toDataURL('image/jpeg', 0.9)
  })
  const picture = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64')
  const exif = Buffer.from('Exif\0\0GPSLatitude 29.1512 GPSLongitude 105.3721')
  const head = Buffer.from([0xff, 0xe1, 0, exif.length + 2])
  return Buffer.concat([picture.subarray(0, 2), head, exif, picture.subarray(2)])
}

test('a photo of twelve megapixels arrives in 300 KB or less, without its place; what is no picture is said', async () => {
  const context = await house.browser.newContext({ viewport: { width: 360, height: 760 }, locale: 'zh-CN' })
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  await page.goto(await invite(house, 'cunju'))
  await page.getByLabel('设置六位数字密码').fill(pin)
  await page.getByLabel('再输入一次').fill(pin)
  await page.getByRole('button', { name: '绑定并开始' }).click()
  await page.getByRole('heading', { name: '今天看谁' }).waitFor()
  const photos: string[] = []
  page.on('request', (request) => {
    if (!request.url().endsWith('/device/parcels')) return
    const { key, kind } = request.postDataJSON() as { key: string; kind: string }
    if (kind === 'attachment' && !photos.includes(key)) photos.push(key)
  })
  await beginRecord(page)
  const camera = page.locator('input[type=file]')
  await camera.setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') })
  await page.getByText('照片打不开，请重拍一张').waitFor()
  const picture = await noise(page)
  assert.ok(picture.length > 3_000_000, `${picture.length} bytes`)
  assert.ok(picture.includes('GPSLatitude'))
  await camera.setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer: picture })
  await page.getByAltText('照片 1').waitFor()
  await answerAll(page)
  await page.getByText('已全部发出').first().waitFor()
  assert.equal(photos.length, 1)

  const office = await house.enter('quxian')
  const { origin } = new URL(office.url())
  const answer = await office.request.get(`${origin}/api/v1/attachments/${photos[0]}`)
  assert.equal(answer.status(), 200)
  const arrived = await answer.body()
  assert.ok(arrived.length <= 300 * 1024, `${arrived.length} bytes`)
  assert.equal(arrived.includes('Exif'), false)
  assert.equal(arrived.includes('GPS'), false)
  await context.close()
})
