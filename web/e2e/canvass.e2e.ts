// From door to door: the county begins and ends, villages list their doors and note what was found, others only look.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertSound, call, openHouse, settled, town, village, type House, type Login } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

const doors = (page: Page) => page.getByRole('table', { name: '住户名单' })
const pane = (page: Page) => page.getByRole('region', { name: '当前这一户' })
const figure = (page: Page) => page.getByRole('region', { name: '完成情况' })

test('before the first canvass each is told what to do', async () => {
  const clerk = await house.enter('cunju', '/canvass')
  await clerk.getByText('现在可以先到村里把住户按组列出来').waitFor()
  assert.equal(await clerk.getByRole('button', { name: '开始摸底排查' }).count(), 0)
  await assertSound(clerk)
  const city = await house.enter('dishi', '/canvass')
  await city.getByText('摸底排查按县开展').waitFor()
  await assertSound(city)
})

test('the county begins a canvass, and every town is told to be empty', async () => {
  const page = await house.enter('quxian', '/canvass')
  await page.getByRole('button', { name: '开始摸底排查' }).first().click()
  await page.getByLabel('名称').fill('')
  await assertSound(page)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '开始摸底排查' }).click()
  await dialog.getByText('名称').first().waitFor()
  assert.equal(await page.getByLabel('名称').getAttribute('aria-invalid'), 'true')
  await page.getByLabel('名称').fill('冬季摸底排查')
  await dialog.getByRole('button', { name: '开始摸底排查' }).click()
  await page.getByText('正在进行').waitFor()
  await page.getByText('还没有列出住户，也就还没有算进上面的数').waitFor()
  await assertSound(page)
})

test('a village lists its doors from pasted lines; a fault stands beside its line', async () => {
  const page = await house.enter('cunju', '/canvass')
  await page.getByText('这个村还没有列出住户').waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: '列出住户' }).click()
  const lines = page.getByLabel('住户，每行一户')
  await lines.fill('组,门牌\n一组,1号\n一组，2号\n一组,\n3号')
  const read = page.getByRole('table', { name: '将要列出的住户' })
  await read.getByRole('row', { name: /^4 一组 门牌或户名为 1 至 60 个字/ }).waitFor()
  await assertSound(page)
  assert.ok(await page.getByRole('button', { name: '列出 4 户' }).isDisabled())
  await lines.fill('一组,1号\n一组,2号\n一组,2号\n3号')
  await page.getByLabel('没有写组的行').fill('二组')
  await page.getByRole('button', { name: '列出 4 户' }).click()
  await page.getByText('新列出 3 户；1 户名单里已有').waitFor()
  await page.getByRole('button', { name: '关闭' }).last().click()
  await doors(page).getByRole('button', { name: '3号' }).waitFor()
  await assertSound(page)
})

test('what the server refuses of a line stands beside it', async () => {
  const page = await house.enter('cunju', '/canvass')
  const words = { detail: '门牌不能用', detail_en: 'no such door', code: 'household.place' }
  await page.route('**/api/v1/households', (route) =>
    route.request().method() === 'POST'
      ? route.fulfill({
          status: 422,
          contentType: 'application/problem+json',
          json: {
            ...{ type: 'urn:x', title: 'x', status: 422, request: '' },
            ...{ ...words, code: 'household.invalid' },
            fields: [{ ...words, field: 'households[1].place' }],
          },
        })
      : route.continue(),
  )
  await page.getByRole('button', { name: '列出住户' }).click()
  await page.getByLabel('住户，每行一户').fill('九组,1号\n九组,2号')
  await page.getByRole('button', { name: '列出 2 户' }).click()
  await page.getByRole('row', { name: '2 九组 2号 门牌不能用' }).waitFor()
  assert.match(await page.getByLabel('住户，每行一户').inputValue(), /九组,2号/)
})

test('results are noted by keys, the next door follows, and a slip is mended', async () => {
  const page = await house.enter('cunju', '/canvass')
  await doors(page).getByRole('button', { name: '1号' }).click()
  await page.keyboard.press('4')
  await page.getByText('刚才：一组 1号，不在家').waitFor()
  await pane(page).getByRole('heading', { name: '一组 2号' }).waitFor()
  await page.waitForFunction(() => document.activeElement?.textContent?.trim() === '2号')
  await page.keyboard.press('ArrowDown')
  await pane(page).getByRole('heading', { name: '二组 3号' }).waitFor()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('2')
  await page.getByText('刚才：一组 2号，已登记').waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: '再看这一户' }).click()
  await pane(page).getByRole('heading', { name: '一组 2号' }).waitFor()
  await pane(page).getByLabel('备注').fill('记错了，1 位老人')
  await pane(page)
    .getByRole('button', { name: /不愿登记/ })
    .click()
  await page.getByText('刚才：一组 2号，不愿登记').waitFor()
  await figure(page).getByRole('button', { name: '不愿登记 1' }).click()
  await doors(page).getByRole('button', { name: '2号' }).click()
  await pane(page).getByText('记错了，1 位老人').waitFor()
  await pane(page).getByRole('listitem').filter({ hasText: '已登记' }).waitFor()
  assert.match(await figure(page).innerText(), /33\.3%\s+已完成 1 户，共 3 户/)
  await assertSound(page)
})

test('a day outside the canvass is refused beside the day', async () => {
  const page = await house.enter('cunju', '/canvass?state=all')
  await doors(page).getByRole('button', { name: '3号' }).click()
  await pane(page).getByLabel('上门日期').fill('2020-01-01')
  await pane(page)
    .getByRole('button', { name: /无探访对象/ })
    .click()
  await pane(page).getByText('上门日期须在本次摸底排查开始之后').waitFor()
  await assertSound(page)
})

test('a note stays with its door, and is asked about before it is lost', async () => {
  const page = await house.enter('cunju', '/canvass?state=all')
  const note = pane(page).getByLabel('备注')
  const goTo = async (door: string, heading: string) => {
    await doors(page).getByRole('button', { name: door }).click()
    await pane(page).getByRole('heading', { name: heading }).waitFor()
  }
  await goTo('3号', '二组 3号')
  await note.fill('门锁着，邻居说去了女儿家')
  await goTo('1号', '一组 1号')
  assert.equal(await note.inputValue(), '')
  await goTo('3号', '二组 3号')
  assert.equal(await note.inputValue(), '门锁着，邻居说去了女儿家')

  const today = page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '今日' })
  await today.click()
  const dialog = page.getByRole('dialog', { name: '不保存，离开' })
  await dialog.waitFor()
  await assertSound(page)
  await dialog.getByRole('button', { name: '继续编辑' }).click()
  assert.equal(await note.inputValue(), '门锁着，邻居说去了女儿家')
  page.once('dialog', (asked) => void asked.dismiss())
  const asked = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  assert.equal((await asked).type(), 'beforeunload')

  await note.fill('')
  await today.click()
  await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
})

test('a registered household leads to its person, the village filled in', async () => {
  const page = await house.enter('cunju', '/canvass?state=not_home')
  await doors(page).getByRole('button', { name: '1号' }).click()
  await pane(page)
    .getByRole('button', { name: /已登记/ })
    .click()
  await page.getByRole('link', { name: '登记这户的老年人' }).click()
  await page.getByRole('heading', { name: '登记老年人' }).waitFor()
  await page.goBack()
  await page.getByText('这里没有“不在家”的住户').waitFor()
  await assertSound(page)
})

test('a door changes its place, and comes back after it was taken off the list', async () => {
  const page = await house.enter('cunju', '/canvass?state=all')
  await page.getByRole('button', { name: /^二组/ }).click()
  await doors(page).getByRole('button', { name: '3号' }).click()
  await pane(page).getByRole('button', { name: '更改组或门牌' }).click()
  await assertSound(page)
  await page.getByLabel('组或网格').fill('一组')
  await page.getByLabel('门牌或户名').fill('1号')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('本村已有同一组、同一门牌的户').waitFor()
  await page.getByLabel('组或网格').fill('二组')
  await page.getByLabel('门牌或户名').fill('王家老屋')
  await page.getByRole('button', { name: '保存' }).click()
  await pane(page).getByRole('heading', { name: '二组 王家老屋' }).waitFor()
  await pane(page).getByRole('button', { name: '移出名单' }).click()
  await page.getByText('已移出名单：二组 王家老屋').waitFor()
  await figure(page).getByText('共 2 户').waitFor()
  await page.getByRole('button', { name: '放回名单' }).click()
  await figure(page).getByText('共 3 户').waitFor()
  await assertSound(page)
})

test('a town and a county see how far each is, and go down to it', async () => {
  const page = await house.enter('quxian', '/canvass')
  const name = String(((await call(page, 'GET', `/areas/${town}`)) as { name: string }).name)
  await page.getByRole('table', { name: '各乡镇' }).getByRole('link', { name, exact: true }).click()
  const villages = page.getByRole('table', { name: '各村（社区）' })
  // A number of a village opens its doors in that state.
  await villages
    .getByRole('row', { name: /66\.6% 3 .*: 1 0/ })
    .getByRole('link', { name: /还没上门: 1$/ })
    .click()
  await doors(page).waitFor()
  assert.match(page.url(), /state=open/)
  await assertSound(page)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByText('of 3 households done').waitFor()
  await assertSound(page)
})

test('a town neither begins nor ends a canvass, and lists doors in its villages', async () => {
  const page = await house.enter('zhenjie', '/canvass')
  await page.getByRole('table', { name: '各村（社区）' }).waitFor()
  assert.equal(await page.getByRole('button', { name: /开始|结束/ }).count(), 0)
  await page.goto(`${house.address}/desk/canvass?area=${village}&state=all`)
  await doors(page).getByRole('button', { name: '1号' }).waitFor()
  await page.getByRole('button', { name: '列出住户' }).waitFor()
})

test('a city looks at the groups, never at the doors', async () => {
  const page = await house.enter('dishi', `/canvass?area=${village}`)
  await page.getByRole('table', { name: '各组' }).getByRole('row', { name: /一组/ }).waitFor()
  assert.equal(await doors(page).count(), 0)
  assert.equal(await page.getByRole('button', { name: /列出住户|开始|结束/ }).count(), 0)
  await assertSound(page)
})

test('who sees no coverage sees no canvass', async () => {
  for (const login of ['fangwen', 'canlian', 'yanglao', 'shenji', 'anquan', 'xitong'] as Login[]) {
    const page = await house.enter(login, '/canvass')
    await settled(page)
    assert.doesNotMatch(page.url(), /canvass/, login)
    assert.equal(await page.getByRole('link', { name: '摸底排查' }).count(), 0, login)
    await page.context().close()
  }
})

test('ending says how many doors are open; a later canvass begins anew, and the earlier stays to be seen', async () => {
  const page = await house.enter('quxian', '/canvass')
  await page.getByRole('button', { name: '结束摸底排查' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('还有 1 户没有上过门，0 户不在家').waitFor()
  await assertSound(page)
  await dialog.getByRole('button', { name: '结束摸底排查' }).click()
  await page.getByText('已结束').first().waitFor()
  const clerk = await house.enter('cunju', '/canvass')
  await clerk.getByText('没有正在进行的摸底排查').waitFor()
  await assertSound(clerk)
  await page.getByRole('button', { name: '开始摸底排查' }).click()
  await page.getByLabel('名称').fill('春季摸底排查')
  await dialog.getByRole('button', { name: '开始摸底排查' }).click()
  await figure(page).getByText('已完成 0 户，共 3 户').waitFor()
  await page.getByLabel('选择哪一次摸底排查').selectOption({ index: 1 })
  await figure(page).getByText('已完成 2 户，共 3 户').waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: '回到最近一次' }).click()
  await figure(page).getByText('已完成 0 户，共 3 户').waitFor()
})
