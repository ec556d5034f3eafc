// Lists that leave as Excel: chosen, looked at, masked or encrypted.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertSound, openHouse, settled, type House } from './house.ts'
import { unseal } from './sealed.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

/** What was made, its first bytes, and its name. */
async function make(page: Page): Promise<{ content: Buffer; head: string; name: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '生成文件' }).click(),
  ])
  const content = readFileSync(await download.path())
  return { content, head: content.subarray(0, 4).toString('latin1'), name: download.suggestedFilename() }
}

test('a list is chosen, its columns are seen, and it leaves masked', async () => {
  const page = await house.enter('quxian', '/export')
  await settled(page)
  await page.getByRole('heading', { name: '四川省特殊困难老年人信息登记表（名册）' }).waitFor()
  await page.getByText('能力程度').waitFor()
  await assertSound(page)
  const made = await make(page)
  assert.match(made.name, /名册.*\.xlsx$/)
  assert.equal(made.head, 'PK\u0003\u0004')
  assert.equal(await page.getByText('打开文件的密码').count(), 0)
  for (const list of ['探访记录', '应探访任务', '探访发现', '服务需求', '按模板上报']) {
    await page.getByLabel('导出什么').selectOption({ label: list })
    await settled(page)
    await page.getByRole('region', { name: '列的预览' }).getByRole('listitem').first().waitFor()
    await assertSound(page)
    assert.match((await make(page)).name, /\.xlsx$/)
  }
})

test('whole numbers leave for a reason only, packed, with a password that is shown once', async () => {
  const page = await house.enter('zhenjie', '/export')
  await settled(page)
  await page.getByLabel('导出完整的身份证号、电话和住址').check()
  const button = page.getByRole('button', { name: '生成文件' })
  assert.ok(await button.isDisabled())
  await page.getByLabel('原因').fill('看看')
  await button.click()
  await page.getByText('至少 4 个字').first().waitFor()
  await page.getByLabel('原因').fill('报送县级民政部门')
  const made = await make(page)
  assert.match(made.name, /\.zip$/)
  await page.getByRole('heading', { name: '打开文件的密码' }).waitFor()
  const shown = page.getByRole('status').filter({ hasText: /[a-z2-9]{20}/ })
  const password = /[a-z2-9]{20}/.exec(await shown.innerText())![0]
  assert.equal(unseal(made.content, 'browser-tests-2026'), null)
  const opened = unseal(made.content, password)
  assert.match(String(opened?.name), /\.xlsx$/)
  assert.equal(opened?.content.subarray(0, 4).toString('latin1'), 'PK\u0003\u0004', 'it is the sheet')
  await assertSound(page)
  await page.getByLabel('导出什么').selectOption({ label: '探访记录' })
  await page.getByRole('heading', { name: '打开文件的密码' }).waitFor({ state: 'hidden' })
})

test('who only looks cannot take it whole', async () => {
  const page = await house.enter('dishi', '/export?area=510521')
  await settled(page)
  await page.getByRole('button', { name: '生成文件' }).waitFor()
  assert.equal(await page.getByLabel('导出完整的身份证号、电话和住址').count(), 0)
})
