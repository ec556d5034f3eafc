// Photos to a record, attempts, and corrections side by side.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertSound, openHouse, settled, type House } from './house.ts'
import { openFirst } from './person.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

/** A picture of noise, which no compression makes small. */
async function noise(page: Page, width: number, height: number): Promise<Buffer> {
  const address = await page.evaluate(
    ([width, height]) => {
      const canvas = document.createElement('canvas')
      canvas.width = width
      canvas.height = height
      const context = canvas.getContext('2d') as CanvasRenderingContext2D
      const data = context.createImageData(width, height)
      for (let start = 0; start < data.data.length; start += 65536)
        crypto.getRandomValues(data.data.subarray(start, start + 65536))
      context.putImageData(data, 0, 0)
      return canvas.toDataURL('image/png')
    },
    [width, height] as const,
  )
  return Buffer.from(String(address.split(',')[1]), 'base64')
}

test('photos go with a paper record, the large one made smaller, and are looked at large by keyboard', async () => {
  const page = await house.enter('cunju', '/people')
  await openFirst(page)
  await page.getByRole('link', { name: '登记未遇' }).click()
  await page.getByRole('heading', { level: 1, name: '补录探访' }).waitFor()
  assert.equal(await page.getByLabel('结果').inputValue(), 'not_home')
  const [small, large] = [await noise(page, 60, 40), await noise(page, 1600, 1200)]
  assert.ok(large.length > 4_000_000)
  const chooser = page.getByLabel('添加照片或扫描件')
  await chooser.setInputFiles([
    { name: 'gate.png', mimeType: 'image/png', buffer: small },
    { name: 'house.png', mimeType: 'image/png', buffer: large },
    { name: 'again.png', mimeType: 'image/png', buffer: small },
  ])
  await page.getByRole('button', { name: '移除照片 2' }).waitFor()
  await settled(page)
  assert.equal(await page.getByRole('button', { name: /移除照片/ }).count(), 2)
  await chooser.setInputFiles({ name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') })
  await page.getByRole('alert').getByText('letter.pdf 不是可以识别的图片').waitFor()
  await assertSound(page)
  await page.getByLabel('探访人').fill('王志强')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('探访记录已保存').waitFor()

  await page.getByRole('button', { name: '照片 1', exact: true }).focus()
  await page.keyboard.press('Enter')
  const viewer = page.getByRole('dialog', { name: '照片 1 / 2' })
  await viewer.getByRole('img', { name: '照片 1' }).waitFor()
  await page.keyboard.press('ArrowRight')
  await page.getByRole('dialog', { name: '照片 2 / 2' }).getByRole('img', { name: '照片 2' }).waitFor()
  await assertSound(page)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  const visit = new URL(page.url()).pathname.replace('/desk', '')

  const audit = await house.enter('shenji', '/audit')
  await settled(audit)
  await audit.getByRole('table').getByText('查看附件').first().waitFor()
  // Nothing is fetched for who only passes by.
  const city = await house.enter('dishi', visit)
  let fetched = 0
  city.on('request', (request) => (fetched += Number(request.url().includes('/attachments/'))))
  await settled(city)
  await city.getByText('打开任何一张都会记入审计').waitFor()
  assert.equal(fetched, 0)
  await city.getByRole('button', { name: '照片 1', exact: true }).click()
  await city.getByRole('img', { name: '照片 1' }).waitFor()
  assert.equal(fetched, 1)
})

test('attempts have a list of their own', async () => {
  const page = await house.enter('quxian', '/visits')
  await settled(page)
  await page.getByRole('link', { name: '未遇与拒访' }).click()
  await page.waitForURL(/visits\/attempts/)
  await page.getByRole('button', { name: '上一月' }).click()
  await settled(page)
  const outcomes = new Set(await page.locator('tbody .tag').allInnerTexts())
  assert.ok(outcomes.size > 0 && !outcomes.has('见到'), [...outcomes].join())
  await assertSound(page)
})

test('a correction is checked against the record it stands for', async () => {
  const clerk = await house.enter('zhenjie', '/visits')
  await settled(clerk)
  await clerk.getByRole('button', { name: '上一月' }).click()
  await settled(clerk)
  await clerk.getByLabel('结果').selectOption({ label: '见到' })
  await settled(clerk)
  await clerk.getByRole('table').getByRole('link').first().click()
  await clerk.getByRole('link', { name: '更正', exact: true }).click()
  await clerk.getByRole('dialog').getByLabel('原因').fill('电话误记为上门')
  await clerk.getByRole('dialog').getByRole('button', { name: '查看表单内容' }).click()
  await clerk.getByLabel('更正原因').fill('电话误记为上门')
  await clerk.getByLabel('方式').selectOption({ label: '电话' })
  await clerk.getByRole('button', { name: '保存' }).click()
  await clerk.getByText('探访记录已保存').waitFor()

  const page = await house.enter('quxian', '/visits/corrections')
  await settled(page)
  await assertSound(page)
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { level: 1, name: '对照更正前后' }).waitFor()
  const row = page.getByRole('row', { name: /^方式/ })
  assert.match(await row.innerText(), /上门[\s\S]*电话[\s\S]*有改动/)
  assert.equal(
    await page
      .getByRole('row', { name: /^探访人/ })
      .getByText('有改动')
      .count(),
    0,
  )
  await assertSound(page)
  await page.getByRole('button', { name: '查看表单内容' }).click()
  await page.getByLabel('原因').fill('核查更正')
  await assertSound(page)
  await page.getByRole('dialog').getByRole('button', { name: '查看表单内容' }).click()
  await page
    .getByRole('row', { name: /^情绪状态/ })
    .first()
    .waitFor()
  await assertSound(page)

  const city = await house.enter('dishi', new URL(page.url()).pathname.replace('/desk', ''))
  await city.getByText('有改动').first().waitFor()
  assert.equal(await city.getByRole('button', { name: '查看表单内容' }).count(), 0)
  const auditor = await house.enter('shenji', '/visits/corrections')
  await auditor.waitForURL(/\/desk\/$/)
})
