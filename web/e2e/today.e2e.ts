// The first page, for each role: what they come for, and nothing that is not theirs.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertSound, openHouse, town, type House, type Login } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

const links: Record<Login, string[]> = {
  fangwen: ['今日', '老年人', '探访记录', '计划', '方案'],
  cunju: ['今日', '老年人', '摸底排查', '探访记录', '计划', '方案'],
  zhenjie: ['今日', '老年人', '摸底排查', '探访记录', '计划', '导入', '方案', '账号'],
  quxian: ['今日', '老年人', '摸底排查', '探访记录', '计划', '导入', '方案', '账号'],
  dishi: ['今日', '老年人', '摸底排查', '探访记录', '计划', '方案', '账号'],
  shengji: ['今日', '方案', '账号'],
  canlian: ['今日', '导入', '方案'],
  yanglao: ['今日', '老年人', '探访记录', '计划', '方案'],
  shenji: ['今日', '方案', '账号', '审计'],
  anquan: ['今日', '账号'],
  xitong: ['今日', '方案', '账号'],
}

for (const login of Object.keys(links) as Login[]) {
  if (login === 'shengji') continue // has to enrol first
  test(`${login} sees the pages of the role`, async () => {
    const page = await house.enter(login)
    await assertSound(page)
    const names = await page.getByRole('navigation', { name: '主导航' }).locator('li').allInnerTexts()
    assert.deepEqual(
      names.map((name) => name.trim()),
      links[login],
    )
    await page.context().close()
  })
}

test('the county goes from the figure down to the people of a town', async () => {
  const page = await house.enter('quxian')
  const figure = Number(await page.getByRole('link', { name: /^已完成: \d+$/ }).innerText())
  assert.ok(figure > 0)
  await page.getByRole('button', { name: /福集镇/ }).click()
  await page.getByRole('heading', { name: '各村（社区）' }).waitFor()
  assert.match(page.url(), new RegExp(`area=${town}`))
  const met = page.getByRole('link', { name: /^已完成: \d+$/ })
  const count = Number(await met.innerText())
  assert.ok(count < figure)
  await assertSound(page)
  await met.click()
  await page.getByRole('heading', { level: 1, name: '老年人' }).waitFor()
  await assertSound(page)
  assert.equal(await page.getByRole('row').count(), count + 1)
  assert.deepEqual(new Set(await page.locator('tbody .tag').allInnerTexts()), new Set(['已完成']))
})

test('another month is a step away, and English has every word', async () => {
  const page = await house.enter('quxian')
  await page.getByRole('button', { name: '上一月' }).click()
  await page.waitForURL(/month=/)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Scheme fulfilment' }).waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: 'Large letters' }).click()
  assert.equal(await page.evaluate('document.documentElement.dataset.text'), 'large')
  await assertSound(page)
})

test('a town cannot look beyond itself', async () => {
  const page = await house.enter('zhenjie', '/?area=510521101')
  await page.getByRole('navigation', { name: '当前区划' }).getByText('福集镇').waitFor()
  await assertSound(page)
})
