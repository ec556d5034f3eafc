// Forms on paper: looked at, kept as a file; a month filed, taken away again and checked.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertSound, openHouse, settled, type House } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

/** The beginning of the file that a click saves. */
async function saved(page: Page, click: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), click()])
  return readFileSync(await download.path())
    .subarray(0, 4)
    .toString('latin1')
}

test('the empty forms of a scheme open as PDF', async () => {
  const page = await house.enter('zhenjie', '/schemes/luzhou-2023')
  const link = page.getByRole('link', { name: '四川省特殊困难老年人信息登记表' })
  await link.waitFor()
  const answer = await page.request.get(house.address + ((await link.getAttribute('href')) ?? ''))
  assert.equal(answer.headers()['content-type'], 'application/pdf')
})

test('a form of a person is seen masked, and whole for a reason', async () => {
  const page = await house.enter('zhenjie', '/people')
  await settled(page)
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('button', { name: '打印登记表' }).click()
  const dialog = page.getByRole('dialog')
  const sheet = dialog.getByRole('img', { name: '第 1 页' })
  await sheet.waitFor()
  assert.ok((await sheet.evaluate((image: HTMLImageElement) => image.naturalWidth)) > 1000)
  await assertSound(page)
  const masked = await sheet.getAttribute('src')
  await dialog.getByLabel('原因').fill('归档所需')
  await dialog.getByRole('button', { name: '预览' }).click()
  await page.waitForFunction((before) => document.querySelector('dialog img')?.getAttribute('src') !== before, masked)
  assert.equal(await saved(page, () => dialog.getByRole('button', { name: '下载' }).click()), '%PDF')
  // What the browser prints are the pages alone, each on a sheet of A4.
  const sheets = await dialog.getByRole('img', { name: /^第 \d+ 页$/ }).count()
  const printed = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  const boxes = [...printed.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)]
  assert.deepEqual(
    boxes.map(([, width, height]) => [Math.round(Number(width)), Math.round(Number(height))]),
    Array.from({ length: sheets }, () => [595, 842]),
  )
})

test('a record is printed for a reason', async () => {
  const page = await house.enter('quxian', '/visits')
  await settled(page)
  await page.getByRole('button', { name: '上一月' }).click()
  await page.getByLabel('结果').selectOption({ label: '见到' })
  await settled(page)
  await page.locator('tbody').getByRole('link').first().click()
  await page.getByRole('button', { name: '打印记录表' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('原因').fill('看')
  await dialog.getByRole('button', { name: '预览' }).click()
  await dialog.getByText('至少 4 个字').first().waitFor()
  await dialog.getByLabel('原因').fill('归档所需')
  await dialog.getByRole('button', { name: '预览' }).click()
  await dialog.getByRole('img', { name: '第 1 页' }).waitFor()
  assert.equal(await saved(page, () => dialog.getByRole('button', { name: '下载' }).click()), '%PDF')
})

test("a town's month is filed, issued and checked", async () => {
  const page = await house.enter('zhenjie', '/visits/archives')
  await page.getByText('还没有归档').waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: '上一月' }).click()
  await page.getByRole('button', { name: '归档这个月' }).click()
  await page.getByRole('dialog').getByLabel('原因').fill('按月归档')
  await page.getByRole('dialog').getByRole('button', { name: '归档这个月' }).click()
  await page.getByText('已归档').waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: '下载' }).click()
  await page.getByRole('dialog').getByLabel('原因').fill('交县局存档')
  const bytes = await saved(page, () => page.getByRole('dialog').getByRole('button', { name: '下载' }).click())
  assert.equal(bytes, 'PK\u0003\u0004')
  await page.getByRole('button', { name: '核验' }).click()
  await page.getByText('文件完整，与归档时一致').waitFor()
  await page.getByText('归档后没有更正').waitFor()
  await assertSound(page)
  // Who does not answer for records sees what was filed, and takes nothing away.
  const guest = await house.enter('yanglao', '/visits/archives')
  await guest.getByRole('button', { name: '核验' }).waitFor()
  assert.equal(await guest.getByRole('button', { name: /下载|归档这个月/ }).count(), 0)
})
