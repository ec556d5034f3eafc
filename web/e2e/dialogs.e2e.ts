// Every dialog that no other test looks into: opened by the keyboard, sound, closed by Escape, and the keyboard back.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { addCanvass, addVisitors, assertSound, call, openHouse, settled, town, type House } from './house.ts'

let house: House
before(async () => {
  house = await openHouse()
  await addVisitors(await house.enter('quxian', '/plan/visitors'))
  await addCanvass(await house.enter('quxian', '/canvass'))
})
after(() => house.close())

/** Opens by Enter, looks, closes by Escape; the keyboard is where it was. */
async function look(page: Page, name: string | RegExp, role: 'button' | 'link' = 'button'): Promise<void> {
  const opener = page.getByRole(role, { name, exact: typeof name === 'string' }).first()
  await opener.focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  await assertSound(page)
  const inside = await page.evaluate("document.activeElement.closest('dialog') !== null")
  assert.ok(inside, `${String(name)}: the keyboard is inside`)
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  const back = await opener.evaluate((each) => each === document.activeElement || each.contains(document.activeElement))
  assert.ok(back, `${String(name)}: the keyboard is back`)
}
async function openFirst(page: Page, heading: string): Promise<void> {
  await settled(page)
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { name: heading }).waitFor()
  await settled(page)
}

test('of a person', async () => {
  const page = await house.enter('quxian', `/people?area=${town}`)
  await openFirst(page, '认定结果与依据')
  for (const name of ['更正基本信息', '变更状态', '查看明文', '打印登记表', '登记信息', '登记']) await look(page, name)
  for (const part of ['联系人', '家庭成员']) {
    const opener = page
      .locator('.row', { has: page.getByRole('heading', { name: part }) })
      .last()
      .getByRole('button', { name: '修改' })
    await opener.click()
    await page.getByRole('dialog').waitFor()
    await assertSound(page)
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  }
})

test('of the list of people', async () => {
  const page = await house.enter('quxian', `/people?area=${town}`)
  await settled(page)
  await page.getByText('常用视图').click()
  await look(page, '保存当前筛选')
})

test('of a record', async () => {
  const page = await house.enter('quxian', `/visits?area=${town}`)
  await openFirst(page, '探访所见')
  for (const name of ['查看表单内容', '打印记录表', '作废']) await look(page, name)
  await page.getByRole('link', { name: '更正', exact: true }).click()
  await page.getByRole('dialog').waitFor()
  await assertSound(page)
})

test('of the plan', async () => {
  const page = await house.enter('quxian', `/plan/rounds?area=${town}`)
  await settled(page)
  await look(page, '新建专项探访')
  await page.goto(`${house.address}/desk/plan/declarations`)
  await settled(page)
  await look(page, '宣布暂停入户')
  await page.goto(`${house.address}/desk/plan/visitors?area=${town}`)
  await settled(page)
  await look(page, '登记探访人员')
  await look(page, /^修改 /)
  await page.goto(`${house.address}/desk/plan/assignment?area=${town}`)
  await settled(page)
  await look(page, '标注位置')
})

test('of a round and a declaration that end', async () => {
  const page = await house.enter('quxian', '/plan/rounds')
  const day = (after: number) => new Date(Date.now() + (8 + 24 * after) * 3600_000).toISOString().slice(0, 10)
  await call(page, 'POST', '/plan/rounds', {
    kind: 'cold',
    name: '降温',
    area: town,
    first_day: day(0),
    last_day: day(3),
  })
  await page.reload()
  await settled(page)
  await look(page, '结束')
})

test('of the canvass', async () => {
  const page = await house.enter('quxian', '/canvass')
  await settled(page)
  await look(page, '结束摸底排查')
  const clerk = await house.enter('cunju', '/canvass')
  await settled(clerk)
  await look(clerk, '列出住户')
  await clerk.getByRole('button', { name: '2号', exact: true }).first().click()
  await look(clerk, '更改组或门牌')
})

test('of the archive, the accounts and the reports', async () => {
  const page = await house.enter('zhenjie', '/visits/archives')
  await settled(page)
  await look(page, '归档这个月')
  await page.goto(`${house.address}/desk/accounts?role=visitor`)
  await settled(page)
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { name: '手机' }).waitFor()
  await settled(page)
  await look(page, '修改')
  await page.getByRole('button', { name: '重新邀请' }).click()
  await page.getByRole('dialog', { name: '重新邀请' }).waitFor()
  await assertSound(page)
})
