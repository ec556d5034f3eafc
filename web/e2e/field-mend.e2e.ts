// What the server refused is opened as it was typed, with the reason at its field, and goes when it is saved again.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import type { BundleForm } from '../field/src/core/types.ts'
import { openContract, type Contract } from './field/contract.ts'
import { answerAll, coreOf, FieldPhone, sign, takePhoto } from './phone.ts'

let contract: Contract
const phone = new FieldPhone()
let person: string
before(async () => {
  contract = await openContract()
  const page = await phone.join(`${contract.address}/#/join/invitation`)
  person = (await page.locator('a[href^="#/person/"]').first().getAttribute('href'))!.split('/')[2]!
})
after(async () => {
  await phone.close()
  contract.close()
})

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** Once the screen that was saved on has given way to another. */
async function toOutbox(from: string): Promise<void> {
  const { page } = phone
  await page.waitForFunction((from) => location.hash !== from, `#${from}`)
  if (!page.url().endsWith('#/outbox')) await page.goto(`${contract.address}/#/outbox`)
}

/** Saves on one screen, which is refused because of `field`, and opens it again from the list. */
async function refused(path: string, field: string, fill: (page: Page) => Promise<void>): Promise<Page> {
  const { page } = phone
  const { server } = contract
  const problem = { code: 'some.refusal', detail: '这里写得不对，请改正', detail_en: 'wrong', fields: [{ field }] }
  server.verdict = () => ({ state: 'refused', problem })
  await page.goto(`${contract.address}/#${path}`)
  await fill(page)
  await toOutbox(path)
  await page.getByRole('heading', { name: /没被接受/ }).waitFor()
  await press(page, '打开修改')
  return page
}
async function told(field: Locator, value: string): Promise<void> {
  assert.equal(await field.inputValue(), value)
  const about = await field.getAttribute('aria-describedby')
  assert.equal(await field.page().locator(`#${about}`).innerText(), '这里写得不对，请改正')
}
/** The one that was refused is off the list; the other one is with the server. */
async function received(content: (sent: Record<string, unknown>) => unknown, wanted: unknown): Promise<void> {
  const { page } = phone
  await page.getByText('已存好').first().waitFor()
  await toOutbox('')
  await page.getByRole('heading', { name: /已收到/ }).waitFor()
  await page.getByRole('heading', { name: /没被接受/ }).waitFor({ state: 'detached' })
  await phone.waitUnsent(0)
  const key = contract.server.order[contract.server.order.length - 1]!
  assert.deepEqual(content(contract.server.arrived.get(key)!.content), wanted)
}

test('a telephone number', async () => {
  const page = await refused(`/person/${person}/change/phone`, 'phone', async (page) => {
    await page.getByLabel('现在的电话').fill('13812345678')
    await page.getByLabel('怎么知道的').fill('邻居说的')
    await press(page, '保存并上报')
    await page.getByText('会自动上报').waitFor()
  })
  await told(page.getByLabel('现在的电话'), '13812345678')
  assert.equal(await page.getByLabel('怎么知道的').inputValue(), '邻居说的')
  contract.server.verdict = () => ({})
  await page.getByLabel('现在的电话').fill('13812345679')
  assert.equal(await page.getByText('这里写得不对').count(), 0)
  await press(page, '保存并上报')
  await received(({ facts }) => facts, { phone: '13812345679' })
})

test('a contact, whose reason stands above where it is about no field of the screen', async () => {
  const page = await refused(`/person/${person}/change/contact`, 'person', async (page) => {
    await page.getByLabel('姓名', { exact: true }).fill('何小花')
    await page.getByLabel('什么关系').fill('女儿')
    await page.getByLabel('电话', { exact: true }).fill('13900007777')
    await press(page, '保存并上报')
    await page.getByText('会自动上报').waitFor()
  })
  await page.getByRole('alert').getByText('这里写得不对').waitFor()
  assert.equal(await page.getByLabel('姓名', { exact: true }).inputValue(), '何小花')
  contract.server.verdict = () => ({})
  await press(page, '保存并上报')
  await received(({ contact }) => contact, { name: '何小花', relation: '女儿', phone: '13900007777' })
})

test('days in hospital', async () => {
  const page = await refused(`/person/${person}/change/hospital`, 'status.from', async (page) => {
    await page.getByRole('radio', { name: '昨天' }).check()
    await press(page, '保存并上报')
    await page.getByText('会自动上报').waitFor()
  })
  assert.ok(await page.getByRole('radio', { name: '昨天' }).isChecked())
  await page.locator('[data-wrong]').getByText('这里写得不对').waitFor()
  contract.server.verdict = () => ({})
  await page.getByRole('radio', { name: '今天' }).check()
  await press(page, '保存并上报')
  await received(({ what }) => what, 'status')
})

test('somebody new', async () => {
  const page = await refused('/new-person', 'new_person.address', async (page) => {
    await page.getByLabel('姓名', { exact: true }).fill('何大爷')
    await page.getByLabel('住址').fill('三组')
    await press(page, '保存并上报')
    await page.getByText('会自动上报').waitFor()
  })
  await told(page.getByLabel('住址'), '三组')
  contract.server.verdict = () => ({})
  await press(page, '保存并上报')
  await received(({ new_person }) => (new_person as { name: string }).name, '何大爷')
})

test('an emergency keeps who was called', async () => {
  const page = await refused(`/emergency/${person}`, 'where', async (page) => {
    await page.getByRole('radio', { name: '摔倒' }).check()
    await page.getByLabel('在哪里').fill('村口桥头')
    await press(page, '我已告诉村干部')
    await press(page, '发出报告')
    await page.getByText('报告已存好').waitFor()
  })
  await told(page.getByLabel('在哪里'), '村口桥头')
  assert.ok(await page.getByRole('radio', { name: '摔倒' }).isChecked())
  contract.server.verdict = () => ({})
  await page.getByLabel('在哪里').fill('村口石桥')
  await press(page, '发出报告')
  const who = (called: unknown) => (called as { who: string }[]).map((each) => each.who)
  await received(({ what, where, called }) => [what, where, who(called)], ['fall', '村口石桥', ['village']])
})

test('a record is mended on the form that is in force now, in its words', async () => {
  const { page } = phone
  const { server } = contract
  const fields = [{ field: 'answers.mood' }]
  const problem = { code: 'some.refusal', detail: '这里写得不对，请改正', detail_en: 'wrong', fields }
  server.verdict = () => ({ state: 'refused', problem })
  await page.goto(`${contract.address}/#/record/${person}`)
  await page.getByRole('group', { name: /^心情/ }).getByLabel('较差').check()
  await press(page, '保存')
  await toOutbox(`/record/${person}`)
  await page.getByRole('heading', { name: /没被接受/ }).waitFor()

  const given = server.bundle(undefined)
  const [form] = given.forms!
  const definition = JSON.parse(
    JSON.stringify(form!.definition)
      .replaceAll('心情', '精神状态')
      .replaceAll('"gas"', '"stove"')
      .replaceAll('较差', '不好'),
  ) as BundleForm['definition']
  const newer = { ...form!, version: '2', definition }
  const people = given.people!.map((each) => ({ ...each, form: { ...each.form!, version: '2' } }))
  server.bundle = () => ({ people, forms: [newer] })
  await press(page, '现在就发')
  await (await coreOf(page)).evaluate((core) => core.syncNow())
  await press(page, '打开修改')
  await page.getByText('表格换了新版').waitFor()
  await page.getByText('燃气安全：安全').waitFor()
  const mood = page.getByRole('group', { name: /^精神状态/ })
  assert.match(await mood.innerText(), /这里写得不对，请改正/)
  assert.match(await mood.locator('.held').innerText(), /不好/)
  assert.equal(await page.getByRole('group', { name: /^心情/ }).count(), 0)
  server.verdict = () => ({})
  await answerAll(page)
  await received(
    ({ form_version, answers }) => [form_version, Object.keys(answers as object).includes('gas')],
    ['2', false],
  )
  server.bundle = (cursor) => (cursor ? {} : given)
})

test('the photos that a refused record was sent with are seen, count, and can be left out', async () => {
  const { page } = phone
  const { server } = contract
  const problem = { code: 'visit.future', detail: '开始时间在未来', detail_en: 'in the future' }
  server.verdict = ({ kind }) => (kind === 'visit' ? { state: 'refused', problem } : {})
  await page.goto(`${contract.address}/#/record/${person}`)
  for (let i = 1; i <= 5; i++) {
    await takePhoto(page, i)
    await page.getByAltText(`照片 ${i}`, { exact: true }).waitFor()
  }
  await sign(page)
  await answerAll(page)
  await toOutbox(`/record/${person}`)
  await page.getByRole('heading', { name: /没被接受/ }).waitFor()
  await press(page, '打开修改')
  for (const name of ['照片 1', '照片 5', '签名']) {
    await page.getByText(`${name}已发出`).waitFor()
    assert.match((await page.getByAltText(name, { exact: true }).getAttribute('src')) ?? '', /^data:image/)
  }
  // With five there is room for no other.
  assert.equal(await page.getByRole('button', { name: '再拍一张' }).count(), 0)
  await press(page, '删掉照片 2')
  await page.getByRole('button', { name: '再拍一张' }).waitFor()
  await takePhoto(page, 6)
  await page.getByAltText('照片 5', { exact: true }).waitFor()
  assert.equal(await page.getByText('已发出').count(), 5)
  server.verdict = () => ({})
  const before = [...server.arrived.values()].filter(({ kind }) => kind === 'attachment').map(({ key }) => key)
  await press(page, '保存')
  const [one, , ...rest] = before.slice(-6)
  await received(
    ({ attachments, signature }) => [(attachments as string[]).slice(0, 5), (attachments as []).length, signature],
    [[one, ...rest], 6, rest[3]],
  )
})

/** The browser is closed and opened again; what was typed is found from Today. */
async function goesOn(path: string, type: (page: Page) => Promise<void>): Promise<Page> {
  const { page } = phone
  await page.goto(`${contract.address}/#${path}`)
  await type(page)
  const core = await coreOf(page)
  await page.waitForFunction((core) => core.view.drafts.length === 1, core)
  // Whatever is written is written in order.
  await core.evaluate((core) => core.keepDraft(core.view.drafts[0]!))
  await page.goto(`${contract.address}/#/`)
  await page.reload()
  await phone.unlock()
  await page.getByRole('link', { name: '还有 1 份没写完' }).click()
  await page.getByRole('link', { name: '接着写' }).click()
  return page
}

test('what is typed about somebody new outlives the browser, and is taken off the list when it is saved', async () => {
  const page = await goesOn('/new-person', async (page) => {
    await page.getByLabel('姓名', { exact: true }).fill('李新')
    await page.getByLabel('住址').fill('四组')
  })
  assert.equal(await page.getByLabel('姓名', { exact: true }).inputValue(), '李新')
  assert.equal(await page.getByLabel('住址').inputValue(), '四组')
  await press(page, '保存并上报')
  await received(({ new_person }) => (new_person as { name: string }).name, '李新')
  await page.getByRole('heading', { name: /没写完/ }).waitFor({ state: 'detached' })
})

test('so is a change of facts with the version it was begun from, and an emergency', async () => {
  const page = await goesOn(`/person/${person}/change/address`, (page) => page.getByLabel('现在的住址').fill('五组9号'))
  assert.equal(await page.getByLabel('现在的住址').inputValue(), '五组9号')
  await press(page, '保存并上报')
  await received(({ facts, base_version }) => [facts, base_version !== ''], [{ address: '五组9号' }, true])
  await goesOn('/emergency', async (page) => {
    await page.getByLabel('谁出事了').fill('练习')
    await page.getByRole('button', { name: /^练习奶奶/ }).click()
    await page.getByRole('radio', { name: '摔倒' }).check()
    await press(page, '我已告诉村干部')
  })
  await page.locator('strong').getByText('练习奶奶').waitFor()
  assert.ok(await page.getByRole('radio', { name: '摔倒' }).isChecked())
  await page.getByText('村干部（').waitFor()
  await press(page, '发出报告')
  await received(({ what, called, person }) => [what, (called as []).length, person], ['fall', 1, person])
})

test('what is not wanted any more is dropped from the list', async () => {
  const { page } = phone
  await goesOn(`/person/${person}/change/contact`, (page) => page.getByLabel('什么关系').fill('侄子'))
  await page.goto(`${contract.address}/#/outbox`)
  await page.getByText('不要了', { exact: true }).click()
  await press(page, '删掉')
  await page.getByRole('heading', { name: /没写完/ }).waitFor({ state: 'detached' })
  await page.goto(`${contract.address}/#/person/${person}/change/contact`)
  assert.equal(await page.getByLabel('什么关系').inputValue(), '')
})
