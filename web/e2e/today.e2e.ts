// The first page, for each role: what they come for, and nothing that is not theirs.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { assertSound, call, county, openHouse, settled, town, type House, type Login } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

const links: Record<Login, string[]> = {
  fangwen: ['今日', '老年人', '探访记录', '计划', '导出', '方案'],
  cunju: ['今日', '老年人', '摸底排查', '探访记录', '纸质回收', '计划', '报告', '导出', '方案'],
  zhenjie: ['今日', '老年人', '摸底排查', '探访记录', '纸质回收', '计划', '导入', '报告', '导出', '方案', '账号'],
  quxian: ['今日', '老年人', '摸底排查', '探访记录', '纸质回收', '计划', '导入', '报告', '导出', '方案', '账号'],
  dishi: ['今日', '老年人', '摸底排查', '探访记录', '计划', '报告', '导出', '方案', '账号'],
  shengji: ['今日', '报告', '方案', '账号'],
  canlian: ['今日', '导入', '方案'],
  yanglao: ['今日', '老年人', '探访记录', '计划', '导出', '方案'],
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

test('what is owed opens its people, of a tile and of a tier too, and their number is that of the list', async () => {
  const page = await house.enter('quxian')
  for (const name of [/^福集镇 应完成: \d+$/, /^福集镇 已完成: \d+$/, /^重点对象 应完成: \d+$/]) {
    const link = page.getByRole('link', { name })
    const count = Number(await link.innerText())
    assert.ok(count > 0, String(name))
    await link.click()
    await page.getByRole('heading', { level: 1, name: '老年人' }).waitFor()
    await settled(page)
    assert.equal((await page.getByRole('row').count()) - 1, count, String(name))
    await page.goBack()
  }
})

test('the monthly visit rate opens who is counted and who was visited', async () => {
  const page = await house.enter('zhenjie')
  for (const name of [/^月探访率 计入月探访率: \d+$/, /^月探访率 本月已探访: \d+$/]) {
    const link = page.getByRole('link', { name })
    const count = Number(await link.innerText())
    assert.ok(count > 0, String(name))
    await link.click()
    await page.getByRole('heading', { level: 1, name: '老年人' }).waitFor()
    await settled(page)
    assert.equal((await page.getByRole('row').count()) - 1, count, String(name))
    await page.goBack()
  }
})

interface Forecast {
  missed: number
  open: number
  by_village: { area: string; name: string; missed: number }[]
}

test('who will be missed at the present pace is told with the villages, each open to its people', async () => {
  const page = await house.enter('quxian', '/me')
  // How many will be missed hangs on the day on which this runs.
  const told = (await call(page, 'GET', `/coverage/forecast?area=${county}&limit=6`)) as Forecast
  const { people } = (await call(page, 'POST', '/people/list', { area: county, state: 'open', limit: 50 })) as {
    people: { area: string }[]
  }
  const villages = [...new Set(people.map((each) => each.area))].slice(0, 2)
  assert.equal(villages.length, 2)
  const by_village = villages.map((area, i) => ({ area, name: `第${i + 1}村`, missed: 1 }))
  Object.assign(told, { open: people.length, missed: 2, by_village })
  await page.route(
    (url) => url.pathname.endsWith('/coverage/forecast'),
    (route) => route.fulfill({ json: told }),
  )
  await page.goto(`${house.address}/desk/`)
  await settled(page)
  const part = page.locator('section', { has: page.getByRole('heading', { name: '按目前进度' }) })
  await part.getByText(`${told.open} 人待完成，预计 ${told.missed} 人来不及`).waitFor()
  const listed = part.getByRole('listitem')
  assert.equal(await listed.count(), told.by_village.length)
  const first = told.by_village[0]!
  await listed.first().getByText(`${first.missed} 人`).waitFor()
  await listed.first().getByRole('link').click()
  await page.waitForURL(new RegExp(`area=${first.area}.*state=open`))
  await settled(page)
  assert.ok((await page.getByRole('row').count()) - 1 >= first.missed)
  Object.assign(told, { missed: 0, by_village: [] })
  await page.goto(`${house.address}/desk/`)
  await part.getByText('可全部完成').waitFor()
})

test('a line of months stands beside, read as a table too', async () => {
  const page = await house.enter('quxian')
  const months = page.getByRole('table', { name: '各月走势' }).getByRole('row')
  await months.nth(1).waitFor({ state: 'attached' })
  const told = (await call(page, 'GET', `/coverage/trend?area=${county}`)) as { months: object[] }
  assert.ok(told.months.length > 1)
  assert.equal(await months.count(), told.months.length + 1)
})

test('each number of work that waits opens the list of just so many', async () => {
  const page = await house.enter('quxian')
  await settled(page)
  const links = page.locator('section', { has: page.getByRole('heading', { name: '待办' }) }).locator('a.number')
  const lists = await links.evaluateAll((all) => all.map((each) => each.getAttribute('aria-label') ?? ''))
  assert.ok(lists.length > 0)
  for (const name of lists) {
    await page.getByRole('link', { name, exact: true }).click()
    await page.waitForURL(/\/work\//)
    await settled(page)
    const count = Number(/\d+$/.exec(name)![0])
    assert.equal((await page.getByRole('row').count()) - 1, Math.min(count, 100), name)
    await page.goBack()
    await settled(page)
  }
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

/** A square for each of the county's towns; one of them under another name. */
function squares(below: { code: string; name: string }[], wrong: string): string {
  const features = below.map(({ name }, i) => {
    const [x, y] = [105 + (i % 5) * 0.1, 29 + Math.floor(i / 5) * 0.1]
    const ring = [
      [x, y],
      [x + 0.1, y],
      [x + 0.1, y + 0.1],
      [x, y + 0.1],
      [x, y],
    ]
    const properties = { id: i, XZMC: name === wrong ? '别处' : name }
    return { type: 'Feature', properties, geometry: { type: 'Polygon', coordinates: [ring] } }
  })
  return JSON.stringify({ type: 'FeatureCollection', features })
}

test('a county gives the shapes of its towns, each mistake told; Today shows them as a map and as tiles', async () => {
  const page = await house.enter('quxian')
  const { below } = (await call(page, 'GET', `/areas/${county}`)) as { below: { code: string; name: string }[] }
  await page.getByRole('link', { name: '区划边界' }).click()
  await page.getByText('还没有边界。').waitFor()
  await assertSound(page)
  const file = `${house.folder}/towns.geojson`
  const choose = async (text: string) => {
    writeFileSync(file, text)
    await page.getByLabel('边界文件').setInputFiles(file)
  }
  await choose('name,code')
  await page.getByText('这不是 GeoJSON 的 FeatureCollection').waitFor()
  await choose(squares(below, String(below[2]?.name)))
  await page.getByRole('row', { name: /3 别处 本地没有这个代码或名称的区划/ }).waitFor()
  assert.equal(await page.getByLabel('哪个属性是区划代码或名称').inputValue(), 'XZMC')
  assert.ok(await page.getByRole('button', { name: '保存边界' }).isDisabled())
  await page.getByRole('img', { name: /^预览/ }).waitFor()
  await assertSound(page)
  await choose(squares(below.slice(1), ''))
  await page.getByText(`还有 1 个没有边界：${below[0]?.name}`).waitFor()
  await choose(squares(below, ''))
  await page.getByText(`保存后有边界的 ${below.length} 个（现在 0 个）`).waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: '保存边界' }).click()
  await page.getByText(`已保存 ${below.length} 个边界`).waitFor()
  await assertSound(page)

  // Of the villages of a whole county the server alone knows the names; it says so before anything is taken.
  await page.getByLabel('哪一级的边界').selectOption('village')
  await choose(squares([{ code: '', name: '城古村' }, ...below.slice(0, 1)], ''))
  await page.getByRole('row', { name: new RegExp(`2 ${below[0]?.name}`) }).waitFor()
  assert.ok(await page.getByRole('button', { name: '保存边界' }).isDisabled())
  await assertSound(page)

  await page.getByRole('link', { name: '今日' }).click()
  const map = page.getByRole('img', { name: /^各乡镇（街道）/ })
  await map.waitFor()
  assert.match(String(await map.getAttribute('aria-label')), new RegExp(`${below[0]?.name} \\d+\\.\\d%`))
  await assertSound(page)
  const tiles = page.getByRole('button', { name: '方块' })
  await tiles.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: new RegExp(String(below[0]?.name)) }).waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: '地图' }).click()
  await map
    .locator('path')
    .nth(1)
    .click({ position: { x: 6, y: 6 } })
  await page.waitForURL(/area=510521/)

  await page.goto(`${house.address}/desk/areas/shapes`)
  await page.getByRole('button', { name: '删除边界' }).click()
  await page.getByRole('dialog').getByText(`${below.length} 个边界将删除`).waitFor()
  await assertSound(page)
  await page.getByRole('dialog').getByRole('button', { name: '删除边界' }).click()
  await page.getByText('边界已删除').waitFor()
})

test('who supervises an area is told of emergency access on whatever page they are', async () => {
  const county = await house.enter('quxian', '/people')
  const town = await house.enter('zhenjie')
  await call(town, 'POST', '/emergency-access', { area: '510521101', reason: '老人走失，协助寻找' })
  const told = county.getByRole('status').filter({ hasText: '启用了紧急访问' })
  await told.getByText('老人走失，协助寻找').waitFor()
  await assertSound(county)
  await county.getByRole('link', { name: '计划' }).click()
  await county.getByRole('heading', { level: 1, name: '计划' }).waitFor()
  await told.getByRole('button', { name: '知道了' }).click()
  await told.waitFor({ state: 'detached' })
  await county.reload()
  await settled(county)
  assert.equal(await told.count(), 0)
  await county.getByRole('link', { name: '今日' }).click()
  await county.getByText('老人走失，协助寻找').waitFor()
  assert.equal(await town.getByText('启用了紧急访问').count(), 0)
  await Promise.all([county, town].map((page) => page.context().close()))
})
