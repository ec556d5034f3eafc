// What the screens say and ask where something is missing, and before something is gone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { View } from '../field/src/core/core.ts'
import type { EmergencyContent, HouseholdResultContent, ProposalContent } from '../field/src/core/types.ts'
import { canvass, day, village } from './field/data.ts'
import { lastAnswers, visitForms } from './field/forms.ts'
import { openScreens, type Screens } from './field/screens.ts'
import { openHouse } from './house.ts'

let phone: Screens
let people: Partial<View>
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const savedBy = (page: Page) => page.evaluate(() => window.saved)

before(async () => {
  const house = await openHouse()
  const forms = await visitForms(await house.enter('quxian', '/schemes'))
  await house.close()
  const luzhou = forms[4]!
  people = village(luzhou, lastAnswers(luzhou.definition))
  phone = await openScreens()
})
after(() => phone.close())

test('an emergency of somebody without contacts says whom else to tell', async () => {
  const [first] = people.people!
  const page = await phone.open('/emergency/p0', { ...people, people: [{ ...first!, contacts: [] }] })
  await page.getByText('档案里没有紧急联系人').waitFor()
  await page.context().close()
})

test('an emergency of a phone that stays locked goes with the person of the address', async () => {
  const page = await phone.open('/emergency/p0', { ...people, state: 'locked', people: [] })
  await page.getByRole('radio', { name: '摔倒' }).check()
  await press(page, '发出报告')
  await page.getByText('报告已存好').waitFor()
  assert.equal(((await savedBy(page))[0]!.content as EmergencyContent).person, 'p0')
  await page.context().close()
})

test('without a network it is said how old the list is', async () => {
  const trouble = { code: 'server.unreachable', words: { zh: '没连上服务器', en: 'no answer' } }
  const page = await phone.open('/', { ...people, sync: { ...people.sync!, trouble } })
  await page.getByText('没连上服务器').waitFor()
  await page.getByText('名单更新于今天 07:45').waitFor()
  await page.context().close()
})

test('a list of last month does not say that all are seen', async () => {
  const met = people.people!.map((each) => ({ ...each, obligations: [] }))
  const page = await phone.open('/', { ...people, people: met, outbox: [], drafts: [] })
  await page.getByText('都看过了').waitFor()
  const last = `${day(-40)}T07:45:00+08:00`
  await phone.show(page, '/', { ...people, people: met, outbox: [], drafts: [], sync: { ...people.sync!, last } })
  await page.getByText('名单还是上个月的').waitFor()
  assert.equal(await page.getByText('都看过了').count(), 0)
  await page.context().close()
})

test('who is done is not told to be due any more', async () => {
  const page = await phone.open('/', people)
  const card = (name: string) => page.getByRole('listitem').filter({ hasText: name })
  await card('周凤英').getByText('已办').waitFor()
  assert.equal(
    await card('周凤英')
      .getByText(/还有 \d+ 天/)
      .count(),
    0,
  )
  assert.equal(
    await card('李国强')
      .getByText(/还有 \d+ 天/)
      .count(),
    1,
  )
  await page.context().close()
})

test('somebody to whom no document applies can be opened, and it is said why nothing can be filled in', async () => {
  const [first, ...others] = people.people!
  const formless = { ...first!, form: undefined, last: undefined }
  const page = await phone.open('/record/p0', { ...people, people: [formless, ...others] })
  await page.getByText('这里没有探访用的表').waitFor()
  assert.ok(await page.getByRole('button', { name: '保存', exact: true }).isDisabled())
  await page.context().close()
})

test('a record is dropped by two presses on two places', async () => {
  const page = await phone.open('/record/p0', people)
  await page.locator('.sections .choice').first().tap()
  await page.getByText('不写了，删掉这份').tap()
  await page.getByText('删掉以后找不回来').waitFor()
  await press(page, '删掉')
  await page.getByRole('heading', { name: '今天看谁' }).waitFor()
  await page.context().close()
})

test('a link that was cut off opens Today; a part that cannot be fetched is said', async () => {
  const page = await phone.open('/person/%', people)
  await page.getByRole('heading', { name: '这个人不在您的名单里' }).waitFor()
  const other = await phone.open('/', people, { context: { offline: false } })
  await other.route('**/assets/Settings-*', (route) => route.abort())
  await other.getByRole('link', { name: '我的' }).tap()
  await other.getByText('这一页没有取到').waitFor()
  await other.unroute('**/assets/Settings-*')
  await page.context().close()
  await other.context().close()
})

test('a village without a list of houses is gone through all the same', async () => {
  const given = canvass()
  const page = await phone.open('/canvass', { ...given, canvass: { ...given.canvass!, households: [] } })
  await page.getByText('村里还没有列出住户').waitFor()
  await page.getByLabel('别的组').fill('三组')
  await press(page, '打开这个组')
  await page.getByRole('heading', { name: /^三组/ }).waitFor()
  await press(page, '+ 加一户')
  await page.getByLabel('加一户').fill('5号')
  await press(page, '没有符合的人')
  await page.getByText('5号：没有符合的人，已存好').waitFor()
  const [saved] = await savedBy(page)
  assert.deepEqual((saved!.content as HouseholdResultContent).new_household, {
    village: given.account!.area,
    group: '三组',
    place: '5号',
  })
  await page.context().close()
})

test('a birth date is typed, not looked for in a calendar, and read back; a citizen number says it and the sex', async () => {
  const page = await phone.open('/new-person', people)
  await page.getByLabel('姓名', { exact: true }).fill('何秀兰')
  const birth = page.getByLabel('出生日期')
  assert.equal(await birth.getAttribute('inputmode'), 'numeric')
  await birth.fill('194203')
  assert.equal(await page.locator('[data-wrong]').count(), 0)
  await press(page, '保存并上报')
  await page.locator('[data-wrong]').getByText('要写全年、月、日').waitFor()
  // It stands on the screen, wherever the page was scrolled to.
  await page.getByLabel('为什么要关心').scrollIntoViewIfNeeded()
  await press(page, '保存并上报')
  await birth.and(page.locator(':focus')).waitFor()
  const { y, height } = (await page.getByText('要写全年、月、日').boundingBox())!
  assert.ok(y > 64 && y + height < (await page.getByRole('button', { name: '保存并上报' }).boundingBox())!.y, `${y}`)
  await birth.fill('19420230')
  await page.locator('[data-wrong]').getByText('没有这一天').waitFor()
  await birth.fill('20420315')
  await page.locator('[data-wrong]').getByText('年份不对').waitFor()
  await birth.fill('19420315')
  await page.getByText(/^1942年3月15日出生，\d+岁$/).waitFor()
  await press(page, '保存并上报')
  await page.getByText('会自动上报').waitFor()
  const [saved] = await savedBy(page)
  assert.equal((saved!.content as ProposalContent).new_person!.birth_date, '1942-03-15')

  await phone.show(page, '/new-person', people)
  await page.getByLabel('身份证号').fill('510521194203150023')
  await page.getByText(/^1942年3月15日出生，\d+岁，女$/).waitFor()
  assert.equal(await birth.count(), 0)
  // A number of somebody who is not born yet.
  await page.getByLabel('身份证号').fill('51052120420315002X')
  await page.locator('[data-wrong]').getByText('号码不对').waitFor()
  assert.equal(await birth.count(), 1)
  await page.context().close()
})

test('that others decide is told to a visitor, and not to a clerk whose word is in the file at once', async () => {
  const told = { change: '核对后记入档案', 'change/deceased': '核实死亡登记' }
  for (const [path, words] of Object.entries(told)) {
    const page = await phone.open(`/person/p0/${path}`, people)
    await page.getByText(words).waitFor()
    await phone.show(page, `/person/p0/${path}`, { ...people, account: { ...people.account!, role: 'village_clerk' } })
    await page.getByText(path === 'change' ? '回来了' : '哪天去世的').waitFor()
    assert.equal(await page.getByText(words).count(), 0)
    await page.context().close()
  }
})
