// What is done on the screens of the field application, on a phone of 360 x 760: few taps, nothing lost.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { View } from '../field/src/core/core.ts'
import type { BundleForm, VisitContent } from '../field/src/core/types.ts'
import { answerableFields } from '../shared/src/forms/form.ts'
import { canvass, day, village } from './field/data.ts'
import { lastAnswers, visitForms } from './field/forms.ts'
import { openScreens, type Screens } from './field/screens.ts'
import { assertSound, openHouse } from './house.ts'

let phone: Screens
let forms: BundleForm[]
let people: Partial<View>
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const savedBy = (page: Page) => page.evaluate(() => window.saved)
const visitBy = async (page: Page) => (await savedBy(page))[0]?.content as VisitContent

before(async () => {
  const house = await openHouse()
  forms = await visitForms(await house.enter('quxian', '/schemes'))
  await house.close()
  const luzhou = forms[4] as BundleForm
  people = village(luzhou, lastAnswers(luzhou.definition))
  phone = await openScreens()
})
after(() => phone.close())

test('from Today to saved with nothing changed: four taps', async () => {
  const page = await phone.open('/', people)
  let taps = 0
  const tap = async (name: string | RegExp, role: 'link' | 'button') => {
    taps += 1
    await page.getByRole(role, { name }).first().tap()
  }
  await tap(/^王秀英/, 'link')
  await tap('开始探访', 'link')
  await tap('一切照旧', 'button')
  await tap('保存', 'button')
  await page.getByText('王秀英的记录已存好').waitFor()
  assert.ok(taps <= 8 && taps === 4, `${taps} taps`)
  const visit = await visitBy(page)
  assert.equal(visit.unchanged_from, 'last-0')
  assert.equal(visit.outcome, 'met')
  assert.equal(visit.position?.accuracy_metres, 12)
  assert.equal((visit.answers as Record<string, unknown>).mood, 'unchanged')
  await page.context().close()
})

test('each shipped form is filled in by keys and thumbs, and only what it asks is sent', async () => {
  for (const form of forms) {
    const page = await phone.open('/record/p0', village(form, undefined))
    await press(page, '保存')
    const wrong = await page.locator('[data-wrong]').count()
    assert.ok(wrong > 0, form.scheme)
    assert.ok(await page.evaluate(() => document.activeElement?.closest('[data-wrong]') !== null), form.scheme)
    for (let left = wrong; left > 0; left = await page.locator('[data-wrong]').count()) {
      const field = page.locator('[data-wrong]').first()
      if ((await field.locator('.choice').count()) > 0) await field.locator('.choice').first().tap()
      else await field.locator('input, textarea').first().fill('1')
    }
    await press(page, '保存')
    await page.getByText('王秀英的记录已存好').waitFor()
    const { answers, form: name } = await visitBy(page)
    const known = answerableFields(form.definition).map(({ code }) => code)
    assert.equal(name, form.definition.id)
    assert.ok(Object.keys(answers ?? {}).length >= wrong)
    for (const code of Object.keys(answers ?? {})) assert.ok(known.includes(code), code)
    await page.context().close()
  }
})

test('one thing changed: its detail is asked for, the rest stays; photo and signature go with it', async () => {
  const page = await phone.open('/record/p0', people)
  const disease = page.getByRole('group', { name: /^疾病状况/ })
  await disease.getByText('严重').tap()
  await press(page, '保存')
  await page.getByRole('textbox', { name: /疾病名称/ }).fill('肺炎')
  await page.getByText('改了 1 项').waitFor()
  await page.locator('input[type=file]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: onePixel })
  await page.getByRole('button', { name: '删掉照片 1' }).waitFor()
  await press(page, '请老人签名')
  // The whole of it is seen, with what ends it.
  const { y, height } = (await page.getByRole('button', { name: '签好了' }).boundingBox())!
  assert.ok(y + height < (await page.getByRole('button', { name: '保存', exact: true }).boundingBox())!.y)
  const box = await page.locator('canvas').boundingBox()
  assert.ok(box && box.y > 64)
  await page.mouse.move(box.x + 40, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + 160, box.y + 120, { steps: 5 })
  await page.mouse.up()
  await press(page, '签好了')
  await page.getByRole('img', { name: '签名' }).waitFor()
  await press(page, '保存')
  await page.getByText('王秀英的记录已存好').waitFor()
  const visit = await visitBy(page)
  assert.equal(visit.attachments.length, 2)
  assert.ok(visit.signature && visit.attachments.includes(visit.signature))
  assert.equal(visit.unchanged_from, undefined)
  assert.equal((visit.answers as Record<string, unknown>).disease_name, '肺炎')
  await page.context().close()
})
const onePixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

test('a draft is there again after going away; another form keeps what fits and tells the rest', async () => {
  const page = await phone.open('/record/p0', people)
  await page
    .getByRole('group', { name: /^情绪状态/ })
    .getByRole('radio', { name: '较差' })
    .tap()
  await page.getByRole('button', { name: '返回' }).click()
  await page
    .getByRole('link', { name: /^王秀英/ })
    .first()
    .getByText('没写完')
    .waitFor()
  await page
    .getByRole('link', { name: /^王秀英/ })
    .first()
    .tap()
  await page.getByRole('link', { name: '接着写' }).tap()
  await page.getByText('前面写的都在').waitFor()
  const held = page.getByRole('group', { name: /^情绪状态/ }).locator('.held')
  assert.equal((await held.innerText()).includes('较差'), true)
  await page.context().close()

  const [luzhou, linzi] = [forms[4] as BundleForm, forms[1] as BundleForm]
  const moved = { ...people, forms: [luzhou, linzi] }
  const reference = { scheme: luzhou.scheme, form: luzhou.form, version: luzhou.version }
  const value = {
    outcome: 'met',
    method: 'home',
    method_reason: '',
    answers: { mood: 'worse', gas: 'safe' },
    carried: {},
    as_before: false,
    next_on: '',
  }
  const at = `${day(0)}T08:00:00+08:00`
  const draft = {
    id: 'd',
    kind: 'visit' as const,
    person: 'p0',
    form: reference,
    begun_at: at,
    changed_at: at,
    value,
    photos: [],
  }
  const first = { ...people.people![0]!, form: { scheme: linzi.scheme, form: linzi.form, version: linzi.version } }
  const other = await phone.open('/record/p0', { ...moved, people: [first], drafts: [draft] })
  await other.getByText('情绪状态：较差').waitFor()
  await assertSound(other)
  await other.context().close()
})

test('nobody home is an attempt with a day to try again; the method says why it does not count', async () => {
  const page = await phone.open('/missed/p0', people)
  await press(page, '保存')
  await page.locator('[data-wrong]').getByText('请选哪天再去').waitFor()
  await page.getByText('3 天后').tap()
  await page.locator('summary').tap()
  await page.getByText('今天不算数：重点对象要上门').waitFor()
  assert.ok(await page.getByRole('radio', { name: /电话问候/ }).isDisabled())
  await press(page, '保存')
  await page.getByText('已存好').waitFor()
  const visit = await visitBy(page)
  assert.deepEqual([visit.outcome, visit.next_on, visit.answers], ['not_home', day(3), undefined])
  await page.context().close()
})

test('the emergency dials in order and reports what, where and who was called', async () => {
  const page = await phone.open('/emergency/p0', people)
  const dials = await page.locator('a.dial').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  assert.deepEqual(dials, ['tel:120', 'tel:119', 'tel:110', 'tel:13900001111', 'tel:13900002222'])
  // There is no telephone here: the press counts, the call is not made.
  await page.evaluate(() =>
    document.addEventListener(
      'click',
      (event) => (event.target as Element).closest('a.dial') && event.preventDefault(),
    ),
  )
  await page.locator('a.dial').first().tap()
  await press(page, '发出报告')
  await page.getByText('请选一项').waitFor()
  await page.getByRole('radio', { name: '摔倒' }).check()
  await press(page, '发出报告')
  await page.getByText('报告已存好').waitFor()
  const content = (await savedBy(page))[0]?.content as {
    what: string
    person: string
    where: string
    called: { who: string }[]
  }
  assert.deepEqual([content.what, content.person, content.where], ['fall', 'p0', '石坝村 1组3号'])
  assert.deepEqual(
    content.called.map(({ who }) => who),
    ['120'],
  )
  await page.context().close()
})

test('house by house: one press a house and the next one is there', async () => {
  const page = await phone.open('/canvass', canvass())
  await page.getByRole('button', { name: /^一组/ }).tap()
  await page.getByRole('button', { name: /^1号/ }).tap()
  await press(page, '没有符合的人')
  await page.getByRole('heading', { name: /3号/ }).waitFor()
  await press(page, '已登记')
  await page.getByRole('heading', { name: /4号/ }).waitFor()
  const saved = await savedBy(page)
  assert.deepEqual(
    saved.map(({ content }) => (content as { result: string }).result),
    ['nobody_eligible', 'registered'],
  )
  await page.context().close()
})

for (const [name, status] of [
  ['住院了', 'hospital'],
  ['回来了', 'back'],
  ['搬走了', 'moved'],
  ['去世了', 'deceased'],
] as const)
  test(`${status} is three presses, with its day and the version of the file`, async () => {
    const page = await phone.open('/person/p0/change', people)
    await page.getByRole('link', { name }).tap()
    await page.getByRole('radio', { name: '昨天' }).check()
    await press(page, '保存并上报')
    await page.getByText('会自动上报').waitFor()
    const [proposal] = await savedBy(page)
    const said = { what: 'status', person: 'p0', base_version: 'v0', on: day(-1) }
    assert.deepEqual(proposal?.content, { ...said, status: { status, from: day(-1) } })
    await page.context().close()
  })

test('everything is reached by keys: from Today to saved', async () => {
  const page = await phone.open('/', people)
  const reach = async (name: RegExp | string) => {
    for (let i = 0; i < 400; i++) {
      await page.keyboard.press('Tab')
      const text = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
      if (typeof name === 'string' ? text === name : name.test(text)) return
    }
    assert.fail(`${name} was not reached`)
  }
  await reach(/^王秀英/)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '王秀英', level: 1 }).waitFor()
  await reach('开始探访')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '探访：王秀英' }).waitFor()
  await reach('一切照旧')
  await page.keyboard.press('Enter')
  await reach('保存')
  await page.keyboard.press('Enter')
  await page.getByText('王秀英的记录已存好').waitFor()
  await page.context().close()
})

test('training: an invented person, on a phone that is not even bound', async () => {
  const page = await phone.open('/', { ...people, state: 'new' })
  await press(page, '先练习一下')
  await page.getByText('练习中').waitFor()
  await page.getByRole('link', { name: /^练习奶奶/ }).tap()
  await page.getByRole('link', { name: '开始探访' }).tap()
  await press(page, '一切照旧')
  await press(page, '保存')
  await page.getByText('练习奶奶的记录已存好').waitFor()
  assert.deepEqual(await savedBy(page), [])
  await press(page, '结束练习')
  await page.getByText('这部手机还没有绑定').waitFor()
  await page.context().close()
})
