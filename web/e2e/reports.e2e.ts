// Reports: looked at, issued, had again, and leading to the people behind a figure.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { assertSound, openHouse, settled, type House } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

test('a report is looked at, issued, and had again as PDF', async () => {
  const page = await house.enter('quxian', '/reports')
  await settled(page)
  await page.getByRole('heading', { name: '覆盖情况月报' }).waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: '印发', exact: true }).click()
  await page.getByText('已印发，第 1 次').waitFor()
  await settled(page)
  await assertSound(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('table', { name: '已印发' }).getByRole('button', { name: 'PDF' }).click(),
  ])
  assert.equal(
    readFileSync(await download.path())
      .subarray(0, 5)
      .toString('latin1'),
    '%PDF-',
  )
  await page.getByRole('button', { name: '回到现在的数字' }).click()
  for (const kind of ['半年：台账更新', '一览：五页']) {
    await page.getByLabel('报告', { exact: true }).selectOption({ label: kind })
    await settled(page)
    await page.getByRole('article').waitFor()
    await assertSound(page)
  }
})

test('a place in a report opens its people', async () => {
  const page = await house.enter('quxian', '/reports')
  await settled(page)
  await page
    .getByRole('table', { name: /分乡镇/ })
    .getByRole('link')
    .first()
    .click()
  await page.waitForURL(/\/people\?area=510521\d{3}.*state=overdue/)
})

test('the villages of each town are folded on the screen and whole on paper', async () => {
  const page = await house.enter('quxian', '/reports')
  await settled(page)
  const folded = page.getByRole('button', { expanded: false }).filter({ hasText: '福集镇' })
  const villages = page.getByRole('table', { name: '表3　福集镇' })
  assert.equal(await villages.count(), 0)
  await folded.click()
  await villages.waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: '全部展开' }).click()
  const tables = await page.getByRole('table', { name: /^表3/ }).count()
  assert.ok(tables > 10, String(tables))
  await page.getByRole('button', { name: '全部收起' }).click()
  assert.equal(await page.getByRole('table', { name: /^表3/ }).count(), 0)
  await page.emulateMedia({ media: 'print' })
  assert.equal(await page.getByRole('table', { name: /^表3/ }).count(), tables)
})

test('who only watches issues nothing', async () => {
  const page = await house.enter('dishi', '/reports?area=510521')
  await settled(page)
  await page.getByRole('article').waitFor()
  assert.equal(await page.getByRole('button', { name: '印发', exact: true }).count(), 0)
})
