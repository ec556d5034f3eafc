// Finding people, their file, and changing it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { addVisitors, assertSound, call, openHouse, settled, type House } from './house.ts'
import { openFirst } from './person.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

test('people are found by name, pinyin and number; the address keeps nothing of it', async () => {
  const page = await house.enter('quxian', '/people')
  await settled(page)
  const name = await page.getByRole('table').getByRole('link').first().innerText()
  const box = page.getByRole('textbox', { name: '姓名、拼音、身份证号或电话' })
  await box.fill(name)
  await page.keyboard.press('Enter')
  await settled(page)
  const found = await page.getByRole('table').getByRole('link').allInnerTexts()
  assert.ok(found.length > 0 && found.every((each) => each.startsWith(name)))
  const { people } = (await call(page, 'POST', '/people/list', { pinyin: 'wang', limit: 1 })) as {
    people: { id: string; name: string }[]
  }
  const shown = { fields: ['citizen_number'], reason: '核对身份证号' }
  const reveal = await call(page, 'POST', `/people/${people[0]?.id}/reveal`, shown)
  const known = reveal as { name: string; citizen_number: string }
  for (const typed of ['wang', known.citizen_number]) {
    await box.fill(typed)
    await page.keyboard.press('Enter')
    await settled(page)
    const rows = await page.getByRole('table').getByRole('link').allInnerTexts()
    assert.ok(rows.length > 0 && rows.every((each) => each.startsWith(known.name[0] as string)), `${typed}: ${rows}`)
    if (typed !== 'wang') assert.equal(rows.length, 1)
  }
  await box.fill('zzzzzz')
  await page.getByText('没有符合条件的老年人').waitFor()
  await assertSound(page)
  assert.doesNotMatch(decodeURI(page.url()), /zzzzzz|name|wang|\d{17}/)
})

test('pages follow one another, columns can be left out', async () => {
  const page = await house.enter('quxian', '/people')
  await settled(page)
  const first = await page.getByRole('table').getByRole('link').first().innerText()
  await page.getByRole('button', { name: '下一页' }).click()
  await page.getByText('第 2 页').waitFor()
  await settled(page)
  await page.getByRole('button', { name: '上一页' }).click()
  await page.getByText('第 1 页').waitFor()
  assert.equal(await page.getByRole('table').getByRole('link').first().innerText(), first)
  await page.getByText('显示列').click()
  await assertSound(page)
  await page.getByRole('checkbox', { name: '年龄' }).uncheck()
  assert.equal(await page.getByRole('columnheader', { name: '年龄' }).count(), 0)
  await assertSound(page)
})

test('filters stack, are kept under a name, and their people leave as a sheet', async () => {
  const page = await house.enter('quxian', '/people')
  await settled(page)
  await page.getByRole('search').getByLabel('分级').selectOption({ label: '一般对象' })
  await page.getByRole('search').getByLabel('对象类型').selectOption({ label: '空巢' })
  await page.getByRole('search').getByLabel('本月状态').selectOption({ label: '已完成' })
  await settled(page)
  const rows = await page.getByRole('table').getByRole('row').allInnerTexts()
  assert.ok(rows.length > 1 && rows.slice(1).every((row) => /一般对象.*空巢.*已完成/s.test(row)))
  await assertSound(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出' }).click(),
  ])
  assert.match(download.suggestedFilename(), /^老年人名单 .*\.xlsx$/)

  await page.getByText('常用视图').click()
  await page.getByRole('button', { name: '保存当前筛选' }).click()
  await page.getByLabel('名称').fill('空巢已完成')
  await assertSound(page)
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  // A small list shuts when one goes on elsewhere.
  await page.getByRole('button', { name: '清除' }).click()
  await page.getByRole('button', { name: '空巢已完成', exact: true }).waitFor({ state: 'hidden' })
  await page.getByText('常用视图').click()
  await page.getByRole('button', { name: '空巢已完成', exact: true }).click()
  await page.waitForURL(/category=empty_nest/)

  // What cannot be brought back is asked about, with what would be lost.
  const remove = page.getByRole('button', { name: '移除 空巢已完成' })
  const dialog = page.getByRole('dialog')
  await remove.click()
  await dialog.getByText(/^移除“空巢已完成”后不能恢复，其中的 [1-9] 项筛选以后要重新选择。$/).waitFor()
  await assertSound(page)
  await dialog.getByRole('button', { name: '取消' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await remove.click()
  await dialog.getByRole('button', { name: '移除' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await remove.waitFor({ state: 'hidden' })
  await page.getByText('还没有保存的视图。').waitFor()
})

test('a file tells why, what is owed, what is known and by whom', async () => {
  const page = await house.enter('quxian', '/people?state=overdue')
  await openFirst(page)
  for (const heading of ['应探访任务与已计入的探访', '联系人', '信息项', '变更历史']) {
    await page.getByRole('heading', { name: heading }).waitFor()
  }
  await page.getByText('三(五)1').first().waitFor()
  const strip = page.locator('section', { has: page.getByRole('heading', { name: '应探访任务与已计入的探访' }) })
  assert.match(await strip.locator('.overdue').first().innerText(), /[一-龥]{2}.*逾期\s*\d+ \/ \d+ 次/s)
  await assertSound(page)
  await page.emulateMedia({ media: 'print' })
  await page.getByText(/泸县 \d{4}-\d{2}-\d{2} quxian的姓名/).waitFor()
  await page.emulateMedia({ media: 'screen' })
  await page.goto(`${house.address}/desk/people?state=met`)
  await openFirst(page)
  await strip.locator('.met').getByRole('link').first().click()
  await page.getByRole('heading', { name: '探访所见' }).waitFor()
})

test('a city looks at a file of one of its counties, its visits among it', async () => {
  const page = await house.enter('dishi', '/people?area=510521&state=met')
  await openFirst(page)
  const visits = page.getByRole('table', { name: '探访记录' })
  await visits.getByRole('link').first().waitFor()
  await assertSound(page)
})

test('a masked number is shown for a reason', async () => {
  const page = await house.enter('zhenjie', '/people')
  await openFirst(page)
  await page.getByRole('button', { name: '查看明文' }).click()
  const dialog = page.getByRole('dialog', { name: '查看明文' })
  await dialog.getByLabel('公民身份号码').check()
  await assertSound(page)
  await dialog.getByRole('button', { name: '查看' }).click()
  await dialog.getByText(/原因/).last().waitFor()
  await dialog.getByLabel('原因').fill('核对身份证原件')
  await dialog.getByRole('button', { name: '查看' }).click()
  await dialog.waitFor({ state: 'hidden' })
  assert.match(await page.locator('dd.code').first().innerText(), /^\d{17}[\dX]$/)
})

test('the keyboard alone corrects an address, and somebody quicker is told of', async () => {
  const page = await house.enter('zhenjie', '/people')
  await openFirst(page)
  const other = await house.enter('quxian', new URL(page.url()).pathname.replace('/desk', ''))
  const correct = async (at: Page, address: string) => {
    await at.getByRole('button', { name: '更正基本信息' }).focus()
    await at.keyboard.press('Enter')
    await at.getByRole('dialog').waitFor()
    await at.getByLabel('详细住址').focus()
    await at.keyboard.type(address)
  }
  await correct(page, '一组 8 号')
  await correct(other, '二组 9 号')
  await other.keyboard.press('Enter')
  await other.getByText('已保存').waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('这份档案已被他人修改').waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: '载入最新档案' }).click()
  await page.getByText('这份档案已被他人修改').waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: '保存' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('已保存').waitFor()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
})

test('facts, contacts, consent and status are stated', async () => {
  const page = await house.enter('cunju', '/people')
  await openFirst(page)
  await page.getByRole('button', { name: '登记信息' }).click()
  await page.getByLabel('丧失劳动能力').selectOption({ label: '是' })
  await assertSound(page)
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.getByRole('row', { name: /丧失劳动能力 是 经办人/ }).waitFor()

  await page.getByRole('button', { name: '修改' }).first().click()
  const contacts = page.getByRole('dialog', { name: '联系人' })
  await contacts.getByRole('button', { name: '添加' }).click()
  await contacts.getByLabel('姓名').last().fill('周芳')
  await contacts.getByLabel('电话').last().fill('13800138000')
  await assertSound(page)
  await contacts.getByRole('button', { name: '保存' }).click()
  await contacts.waitFor({ state: 'hidden' })
  await page.getByRole('table', { name: '联系人' }).getByText('周*').waitFor()

  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByRole('button', { name: '保存' }).click()
  await page.locator('li', { hasText: '接受探访服务' }).waitFor()

  await page.getByRole('button', { name: '变更状态' }).click()
  await page.getByLabel('原因').fill('住院')
  await assertSound(page)
  await page.getByRole('button', { name: '保存' }).click()
  await page.locator('.tag.suspended').first().waitFor()
  await settled(page)
})

test('a person is registered, what is wrong stands beside its field', async () => {
  const page = await house.enter('cunju', '/people')
  await page.getByRole('link', { name: '登记老年人' }).click()
  await page.getByRole('heading', { level: 1, name: '登记老年人' }).waitFor()
  await page.getByLabel('姓名').fill('赵桂兰')
  await page.getByLabel('公民身份号码').fill('110105194912310021')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.locator('.error').first().waitFor()
  await assertSound(page)
  await page.getByLabel('公民身份号码').fill('11010519491231002X')
  await page.getByRole('button', { name: '登记', exact: true }).click()
  await page.getByRole('heading', { level: 1, name: '赵桂兰' }).waitFor()
  await assertSound(page)
})

test('who may only look is offered no change', async () => {
  const page = await house.enter('yanglao', '/people')
  assert.equal(await page.getByRole('link', { name: '登记老年人' }).count(), 0)
  await openFirst(page)
  for (const name of ['更正基本信息', '变更状态', '登记信息', '修改']) {
    assert.equal(await page.getByRole('button', { name }).count(), 0, name)
  }
  await assertSound(page)
})

test('several people are given a visitor at once, with everybody told', async () => {
  const page = await house.enter('zhenjie', '/people')
  await addVisitors(await house.enter('quxian', '/plan/visitors'))
  await settled(page)
  const boxes = page.getByRole('table').locator('tbody').getByRole('checkbox')
  for (const i of [0, 1, 2]) await boxes.nth(i).check()
  await page.getByText('已选 3 人').waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: '分配探访人员' }).click()
  const dialog = page.getByRole('dialog', { name: '为 3 人分配探访人员' })
  await dialog.getByLabel('探访人', { exact: true }).selectOption({ label: '李强' })
  await dialog.getByText(/不在李强的服务范围内/).waitFor()
  await assertSound(page)
  await dialog.getByLabel('探访人', { exact: true }).selectOption({ label: '王敏' })
  await dialog.getByRole('button', { name: '分派', exact: true }).click()
  await dialog.getByRole('table', { name: '每个人的结果' }).waitFor()
  assert.equal(await dialog.getByRole('cell', { name: '已分派' }).count(), 3)
  await assertSound(page)
  await dialog.getByRole('button', { name: '撤销这一步' }).click()
  await dialog.getByRole('cell', { name: '已撤销' }).nth(2).waitFor()
  await dialog.getByRole('button', { name: '关闭' }).last().click()

  await page.getByRole('search').getByLabel('分级').selectOption({ index: 1 })
  await page.getByRole('button', { name: '按当前筛选新建专项探访' }).click()
  const round = page.getByRole('dialog')
  assert.equal(await round.locator('fieldset input:checked').count(), 1)
  await assertSound(page)
  await round.getByRole('button', { name: '保存' }).click()
  await page.getByText('应探访任务已更新').waitFor()
})

test('those chosen leave as a sheet, get a round of their own, and are to be verified', async () => {
  const page = await house.enter('zhenjie', '/people?state=met')
  await settled(page)
  const boxes = page.getByRole('table').locator('tbody').getByRole('checkbox')
  for (const i of [0, 1]) await boxes.nth(i).check()
  const name = await page.getByRole('table').getByRole('link').first().innerText()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出所选' }).click(),
  ])
  assert.match(download.suggestedFilename(), /\.xlsx$/)

  await page.getByRole('button', { name: '为所选的人新建专项探访' }).click()
  const round = page.getByRole('dialog')
  await round.getByText('只为所选的 2 人新建').waitFor()
  assert.equal(await round.locator('fieldset').count(), 0)
  await assertSound(page)
  await round.getByRole('button', { name: '保存' }).click()
  await page.getByText('应探访任务已更新').waitFor()

  await page.getByRole('button', { name: '请求核实档案' }).click()
  await page.getByLabel('原因').fill('邻居反映已搬到子女家')
  await assertSound(page)
  await page.getByRole('dialog').getByRole('button', { name: '请求核实档案' }).click()
  await page.getByText('已请求核实 2 人').waitFor()
  await page.goto(`${house.address}/desk/work/verification`)
  const row = page.getByRole('row', { name: new RegExp(`${name[0]}.*邻居反映已搬到子女家.*zhenjie`, 's') })
  await row.first().waitFor()
  await assertSound(page)
  await row.first().getByRole('button', { name: '已核实无误' }).click()
  await page.getByText('的档案已确认').waitFor()
})

test('who only looks is offered the sheet alone', async () => {
  const page = await house.enter('yanglao', '/people')
  await settled(page)
  await page.getByRole('table').locator('tbody').getByRole('checkbox').first().check()
  await page.getByRole('button', { name: '导出所选' }).waitFor()
  for (const name of ['分配探访人员', '为所选的人新建专项探访', '请求核实档案'])
    assert.equal(await page.getByRole('button', { name }).count(), 0, name)
})
