// What waits for a person to decide: what a department's list says otherwise, and whose file comes from elsewhere.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertSound, call, openHouse, village, type House } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

interface Known {
  id: string
  name: string
  citizen_number: string
}

/** Somebody of the area with their number. */
async function somebody(page: Page, area: string): Promise<Known> {
  const { people } = (await call(page, 'POST', '/people/list', { area, limit: 1 })) as { people: { id: string }[] }
  const shown = { fields: ['citizen_number'], reason: '核对身份证号' }
  return (await call(page, 'POST', `/people/${people[0]?.id}/reveal`, shown)) as Known
}

test('what a list says otherwise stands beside the file, with whose it is, and is decided by a person', async () => {
  const page = await house.enter('quxian', '/people')
  const { id, name, citizen_number } = await somebody(page, village)
  const liaison = await house.enter('canlian', '/import')
  const text = `姓名,身份证号码,残疾等级\n${name},${citizen_number},一级\n`
  await liaison.getByLabel('类别').selectOption({ label: '残联名单' })
  await liaison
    .getByLabel('台账文件')
    .setInputFiles({ name: '残联.csv', mimeType: 'text/csv', buffer: Buffer.from(text) })
  await liaison.getByRole('button', { name: '试运行（不写入）' }).click()
  await liaison.getByRole('button', { name: '导入 1 行' }).click()
  await liaison.getByRole('heading', { name: '导入完成' }).waitFor()

  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '今日' }).click()
  await page.getByRole('link', { name: /^信息差异待定: \d+$/ }).click()
  const row = page.getByRole('row', { name: new RegExp(`${name[0]}\\*.*残疾等级.*1级.*残联名单`, 's') })
  await row.waitFor()
  assert.doesNotMatch(await page.getByRole('table').innerText(), /"|\b(disabled|fact|claim|match)\b/, 'no codes')
  await assertSound(page)
  await row.getByRole('button', { name: '采纳', exact: true }).click()
  await page.getByText('已采纳，档案已更新').waitFor()
  await row.waitFor({ state: 'hidden' })
  await page.goto(`${house.address}/desk/people/${id}`)
  await page.getByRole('row', { name: /残疾等级 1级 部门名单/ }).waitFor()
})

test('who lives here now is asked for by the town and accepted by somebody else; what is decided is decided', async () => {
  const county = await house.enter('quxian', '/work/transfers')
  const { citizen_number } = await somebody(county, '510521101')
  const page = await house.enter('zhenjie', '/work/transfers')
  await call(page, 'POST', '/transfers', { citizen_number, to_area: village })
  await page.reload()
  await page.getByRole('row', { name: /由对方保管 待接收/ }).waitFor()
  await assertSound(page)
  await county.reload()
  const row = county.getByRole('row', { name: /查看档案 待接收/ })
  await row.waitFor()
  await assertSound(county)
  await row.getByRole('button', { name: '接收' }).click()
  await county.getByText('已接收，档案已转入').waitFor()
  await county.getByRole('heading', { name: '认定结果与依据' }).waitFor()
  await page.reload()
  const done = page.getByRole('row', { name: /已接收/ })
  await done.waitFor()
  assert.equal(await done.getByRole('button').count(), 0)
})

test('a village decides neither', async () => {
  for (const list of ['differences', 'transfers']) {
    const page = await house.enter('cunju', `/work/${list}`)
    await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
    await page.context().close()
  }
})
