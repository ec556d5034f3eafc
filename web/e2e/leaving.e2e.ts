// What was typed is kept: over a lost connection, a session that ended, and a step elsewhere that was not meant.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertSound, openHouse, settled, type House } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

/** The record of somebody, with all that must be answered and a sentence of its own. */
async function typeRecord(page: Page): Promise<void> {
  await settled(page)
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('link', { name: '补录探访' }).click()
  await page.getByRole('heading', { name: '补录探访' }).waitFor()
  await settled(page)
  for (const group of await page.locator('fieldset').all())
    if ((await group.locator('legend .mark').count()) > 0) await group.locator('input').first().check()
  await page.locator('textarea').first().fill('送了米和油')
}

test('a record survives a lost connection and a step elsewhere', async () => {
  const page = await house.enter('zhenjie', '/people?state=owed')
  await typeRecord(page)
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('alert').waitFor()
  assert.match(await page.getByRole('alert').innerText(), /网络|连/)
  assert.equal(await page.locator('textarea').first().inputValue(), '送了米和油')
  await assertSound(page)
  await page.context().setOffline(false)

  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '今日' }).click()
  const dialog = page.getByRole('dialog', { name: '不保存，离开' })
  await dialog.waitFor()
  await assertSound(page)
  await dialog.getByRole('button', { name: '继续编辑' }).click()
  assert.equal(await page.locator('textarea').first().inputValue(), '送了米和油')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('探访记录已保存').waitFor()
})

test('a record survives the end of the session', async () => {
  const page = await house.enter('zhenjie', '/people?state=owed')
  await typeRecord(page)
  await page.context().clearCookies()
  await page.getByRole('button', { name: '保存' }).click()
  const dialog = page.getByRole('dialog', { name: '登录已过期' })
  await dialog.getByLabel('密码').fill('browser-tests-2026')
  await page.keyboard.press('Enter')
  await page.getByText('探访记录已保存').waitFor()
})

test('a new person is asked about, and what was not typed is not', async () => {
  const page = await house.enter('cunju', '/people/new')
  await settled(page)
  await page.getByRole('link', { name: '取消' }).click()
  await page.getByRole('heading', { level: 1, name: '老年人' }).waitFor()
  await page.getByRole('link', { name: '登记老年人' }).click()
  await page.getByLabel('姓名').fill('陈秀兰')
  await page.getByRole('link', { name: '取消' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '不保存，离开' }).click()
  await page.getByRole('heading', { level: 1, name: '老年人' }).waitFor()
})

test('an account and a mapping of columns survive a lost connection', async () => {
  const page = await house.enter('quxian', '/accounts')
  await settled(page)
  await page.getByRole('button', { name: '开户并邀请' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('姓名').fill('李经办')
  await dialog.getByLabel('账号名').fill('li.jingban')
  await page.context().setOffline(true)
  await dialog.getByRole('button', { name: '生成邀请链接' }).click()
  await dialog.getByRole('alert').waitFor()
  assert.equal(await dialog.getByLabel('姓名').inputValue(), '李经办')
  await page.context().setOffline(false)
  await dialog.getByRole('button', { name: '关闭' }).first().click()

  await page.getByRole('link', { name: '导入', exact: true }).click()
  await page.getByLabel('台账文件').setInputFiles(`${house.folder}/ledger.xlsx`)
  await page.getByRole('button', { name: '试运行（不写入）' }).click()
  const column = page.getByLabel('联系电话', { exact: true })
  await column.selectOption({ label: '不导入' })
  await page.context().setOffline(true)
  await page.getByRole('button', { name: '按修改后的对应关系再试一次' }).click()
  await page.getByRole('alert').waitFor()
  await page.context().setOffline(false)
  await page.getByRole('button', { name: '试运行（不写入）' }).click()
  await page.getByRole('heading', { name: '试运行结果' }).waitFor()
  assert.equal(await column.inputValue(), 'ignore')
  // The mapping outlives a look at another page too.
  await page.getByRole('link', { name: '今日' }).click()
  await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
  await page.getByRole('link', { name: '导入', exact: true }).click()
  await column.waitFor()
  assert.equal(await column.inputValue(), 'ignore')
})
