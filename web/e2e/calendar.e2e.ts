// The month as a calendar and by visitor, and who is suspended until when.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addVisitors, assertSound, call, openHouse, settled, town, village, type House } from './house.ts'

interface Listed {
  assignments: { person: string; village: string }[]
}

let house: House
before(async () => {
  house = await openHouse()
  const page = await house.enter('quxian', '/plan/visitors')
  await addVisitors(page)
  const { visitors } = (await call(page, 'GET', '/visitors')) as { visitors: { id: string; name: string }[] }
  const wang = visitors.find((each) => each.name === '王敏')!
  const { assignments } = (await call(page, 'GET', `/plan/assignments?area=${town}`)) as Listed
  const given = assignments.slice(0, 5).map(({ person }) => ({ person, visitor: wang.id }))
  await call(page, 'POST', '/plan/assignments', { assignments: given })
  await page.context().close()
})
after(() => house.close())

test('a town sees its month by day, of a visitor or village, and a day whole', async () => {
  const page = await house.enter('zhenjie', '/plan/calendar')
  const table = page.getByRole('table', { name: '月历' })
  await table.waitFor()
  await settled(page)
  await assertSound(page)
  const numbers = async () => {
    const tags = await table.locator('.tag').allInnerTexts()
    return tags.reduce((sum, text) => sum + Number(/\d+/.exec(text)![0]), 0)
  }
  const all = await numbers()
  assert.ok(all >= 5)
  await page.getByLabel('探访人员').selectOption({ label: '王敏' })
  const his = await numbers()
  assert.ok(his >= 5 && his < all, `${his} of ${all}`)
  await page.getByLabel('村（社区）').selectOption({ index: 1 })
  assert.ok((await numbers()) <= his)
  await page.getByLabel('探访人员').selectOption({ index: 0 })
  const busy = table.getByRole('button', { name: /(到期|完成) [1-9]/ }).first()
  await busy.focus()
  await page.keyboard.press('Enter')
  await page
    .getByRole('table', { name: /到期与完成$/ })
    .getByRole('link')
    .first()
    .waitFor()
  await page.getByRole('heading', { name: /的探访记录$/ }).waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('columnheader', { name: 'Mon' }).waitFor()
  await assertSound(page)
})

test('a county goes to a town first for its visitors', async () => {
  const page = await house.enter('quxian', '/plan/by-visitor')
  await page.getByText('请先进入一个乡镇').waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: '福集镇' }).first().click()
  await page.locator('details.card summary').first().waitFor()
})

test('each visitor has a list, those of nobody come first', async () => {
  const page = await house.enter('cunju', `/plan/by-visitor?area=${village}`)
  await settled(page)
  const groups = page.locator('details.card summary')
  await groups.first().waitFor()
  await page.getByRole('button', { name: '全部展开' }).click()
  await page.locator('details.card table').first().waitFor()
  await assertSound(page)
  const town_ = await house.enter('zhenjie', '/plan/by-visitor')
  await town_.locator('details.card summary').nth(1).waitFor()
  assert.deepEqual((await town_.locator('details.card summary strong').allInnerTexts()).slice(0, 2), [
    '无人探访',
    '王敏',
  ])
  await town_.locator('details.card summary').nth(1).click()
  await town_.getByRole('table', { name: '王敏' }).getByRole('link').first().waitFor()
  assert.ok((await town_.getByRole('table', { name: '王敏' }).locator('tbody tr').count()) >= 5)
  await assertSound(town_)
})

test('a county has its month in counts, town by town', async () => {
  const page = await house.enter('quxian', '/plan/calendar')
  await settled(page)
  await assertSound(page)
  const day = page
    .getByRole('table', { name: '月历' })
    .getByRole('button', { name: /完成 [1-9]/ })
    .first()
  const told = Number(/完成 (\d+)/.exec(await day.innerText())?.[1])
  await day.focus()
  await page.keyboard.press('Enter')
  const list = page.getByRole('table', { name: /到期与完成/ })
  const met = await list.locator('tbody tr td:last-child').allInnerTexts()
  assert.equal(
    met.reduce((all, each) => all + Number(each), 0),
    told,
  )
  await assertSound(page)
  const town = await list.getByRole('button').first().innerText()
  await page.getByLabel('乡镇（街道）').selectOption({ label: town })
  await page.getByRole('button', { name: '查看名单' }).click()
  await page.getByLabel('探访人员').waitFor()
})

test('who is suspended stands with the day on which visits are owed again', async () => {
  const page = await house.enter('cunju', '/people')
  await settled(page)
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('button', { name: '变更状态' }).click()
  await page.getByLabel('暂停至').fill('2099-01-31')
  await page.getByLabel('原因').fill('住院治疗')
  await page.getByRole('button', { name: '保存' }).click()
  await page.locator('.tag.suspended').first().waitFor()
  await page.goto(`${house.address}/desk/plan/suspensions`)
  await page.getByRole('row', { name: /2099-02-01 住院治疗/ }).waitFor()
  await assertSound(page)
})

test('who has no plan is led to none of it', async () => {
  for (const part of ['calendar', 'by-visitor', 'suspensions']) {
    const page = await house.enter('canlian', `/plan/${part}`)
    await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
    await page.context().close()
  }
})
