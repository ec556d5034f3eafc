// What is owed, what changes it, and the documents behind it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertSound, call, county, openHouse, settled, village, type House } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

test('a county sees what is owed, and goes to a town', async () => {
  const page = await house.enter('quxian', '/plan')
  const table = page.getByRole('table', { name: '应探访任务' })
  await table.getByRole('link').first().waitFor()
  await assertSound(page)
  await page.getByText('进入下级').click()
  await page.getByRole('button', { name: '福集镇' }).click()
  await page.waitForURL(/area=/)
  await page.getByLabel('状态').selectOption({ label: '已完成' })
  await settled(page)
  assert.deepEqual(new Set(await page.locator('tbody .tag').allInnerTexts()), new Set(['已完成']))
  await assertSound(page)
})

test('a month that nobody opened says so, and is opened by the county', async () => {
  const page = await house.enter('quxian', '/plan')
  await page.getByRole('button', { name: '下一月' }).click()
  await page.getByText('还没有开启').waitFor()
  await assertSound(page)
  assert.equal(await page.getByRole('alert').count(), 0)
  await page.getByRole('button', { name: /^开启 / }).click()
  await page.getByText('月份已开启').waitFor()
  await page.getByRole('table', { name: '应探访任务' }).getByRole('link').first().waitFor()
})

interface Figures {
  scheme_fulfilment: { owed: number; met: number }
  rounds: { round: string; owed: number; met: number }[]
}
const today = () => new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10)
const figures = (page: Page, area: string, month: string) =>
  call(page, 'GET', `/coverage?area=${area}&month=${month}`) as Promise<Figures>

test('a town makes an extra round and ends it', async () => {
  const office = await house.enter('quxian', '/plan/rounds')
  const span = { area: county, first_day: today(), last_day: today() }
  await call(office, 'POST', '/plan/rounds', { kind: 'cold', name: '全县入户', ...span })
  const page = await house.enter('zhenjie', '/plan/rounds')
  await page.getByRole('cell', { name: '全县入户' }).waitFor()
  assert.equal(await page.getByRole('button', { name: '结束', exact: true }).count(), 0, 'a round of the county')
  await assertSound(page)
  await page.getByRole('button', { name: '新建专项探访' }).click()
  await page.getByLabel('名称').fill('寒潮入户')
  await page.getByLabel('类别').selectOption({ label: '低温寒潮' })
  await assertSound(page)
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('cell', { name: '寒潮入户' }).waitFor()
  await page.getByRole('button', { name: '结束', exact: true }).click()
  const counted = await page.getByText(/^应探访 [1-9]\d* 人，已完成 \d+ 人，还有 \d+ 人没有探访到。$/).innerText()
  const told = counted.match(/\d+/g)!.map(Number)
  type Round = { round: string; name: string; area: string; last_day: string }
  const { rounds } = (await call(page, 'GET', '/plan/rounds')) as { rounds: Round[] }
  const round = rounds.find(({ name }) => name === '寒潮入户')!
  const parts = (await figures(page, round.area, round.last_day.slice(0, 7))).rounds.filter(
    (part) => part.round === `round/${round.round}`,
  )
  const owed = parts.reduce((sum, part) => sum + part.owed, 0)
  const met = parts.reduce((sum, part) => sum + part.met, 0)
  assert.deepEqual(told, [owed, met, owed - met])
  await assertSound(page)
  await page.getByRole('dialog').getByRole('button', { name: '结束', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
})

test('times without home visits are declared with a reason', async () => {
  const page = await house.enter('quxian', '/plan/declarations')
  await page.getByRole('button', { name: '宣布暂停入户' }).click()
  await page.getByLabel('原因').fill('道路塌方')
  await assertSound(page)
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('cell', { name: '道路塌方' }).waitFor()
  const town = await house.enter('zhenjie', '/plan/declarations')
  await town.getByRole('cell', { name: '道路塌方' }).waitFor()
  assert.equal(
    await town.getByRole('button', { name: '结束', exact: true }).count(),
    0,
    'it is the county that ends it',
  )
  await page.getByRole('button', { name: '结束', exact: true }).click()
  const dialog = page.getByRole('dialog')
  const told = dialog.getByText(/本月应探访 [1-9]\d* 人，已完成 \d+ 人；还没完成的 \d+ 人要恢复上门探访。$/)
  const { owed, met } = (await figures(page, county, today().slice(0, 7))).scheme_fulfilment
  assert.deepEqual((await told.innerText()).match(/\d+(?= 人)/g)!.map(Number), [owed, met, owed - met])
  await assertSound(page)
  await dialog.getByRole('button', { name: '结束', exact: true }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('link', { name: '节日探访' }).click()
  await page.getByRole('cell', { name: '重阳节' }).waitFor()
  await assertSound(page)
})

test('a village clerk looks and changes nothing', async () => {
  const page = await house.enter('cunju', `/plan/rounds?area=${village}`)
  await settled(page)
  assert.equal(await page.getByRole('button', { name: '新建专项探访' }).count(), 0)
  await assertSound(page)
})

test('a scheme is read as sentences beside its clauses', async () => {
  const page = await house.enter('cunju', '/schemes')
  await page.getByRole('link', { name: /泸州市/ }).click()
  await page.getByText('能力等级为（中度失能、重度失能、完全失能）').waitFor()
  await page.getByText('三(五)1').first().waitFor()
  assert.doesNotMatch(await page.locator('main').innerText(), /\b(and|or|not|ability|welfare)\b/)
  await assertSound(page)
})

test('every scheme can be read in both languages', async () => {
  for (const scheme of ['luzhou-2023', 'yicheng-2023', 'linzi-2022', 'anshan-2020', 'national-2022']) {
    const page = await house.enter('quxian', `/schemes/${scheme}`)
    await settled(page)
    const text = await page.locator('main').innerText()
    assert.doesNotMatch(text.replaceAll(/[a-z]+-20\d\d/g, ''), /[a-z]+_[a-z_]+/, scheme)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { name: 'Categories' }).waitFor()
    await assertSound(page)
    await page.context().close()
  }
})
