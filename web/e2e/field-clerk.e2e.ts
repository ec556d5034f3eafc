// What became of somebody, told on the phone: a clerk's word is in the file at once, a visitor's waits for a decision.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { addCanvass, addVisitors, call, openHouse, village, type House, type Login } from './house.ts'
import { FieldPhone, invite } from './phone.ts'

interface Span {
  status: string
  valid_from: string
  valid_to: string | null
}
interface Proposal {
  what: string
  person: { id: string } | null
  content: { status?: { status: string; from: string } }
}
interface Listed {
  people: { id: string; name: string }[]
}

let house: House
let office: Page
const phones: FieldPhone[] = []
before(async () => {
  house = await openHouse()
  office = await house.enter('quxian')
  await addCanvass(office)
  await addVisitors(office)
  const { visitors } = await ask<{ visitors: { id: string; name: string }[] }>('/visitors')
  const visitor = visitors.find(({ name }) => name === '王敏')!.id
  const { people } = (await call(office, 'POST', '/people/list', { area: village, limit: 2 })) as Listed
  const assignments = people.map(({ id }) => ({ person: id, visitor }))
  await call(office, 'POST', '/plan/assignments', { assignments })
})
after(async () => {
  for (const phone of phones) await phone.close()
  await house.close()
})

const day = (ahead: number) => new Date(Date.now() + 8 * 3600_000 + ahead * 86400_000).toISOString().slice(0, 10)
const ask = async <T>(path: string) => (await call(office, 'GET', path)) as T
const spansOf = async (person: string) => (await ask<{ spans: Span[] }>(`/people/${person}/status`)).spans
const waiting = async () =>
  (await ask<{ proposals: Proposal[] }>(`/proposals?area=${village}&state=open&limit=50`)).proposals

/** A phone, and the first of all its people. */
async function bound(login: Login): Promise<{ phone: FieldPhone; person: string }> {
  const phone = new FieldPhone()
  phones.push(phone)
  const page = await phone.join(await invite(house, login))
  await page.goto(`${house.address}/#/people`)
  const link = await page.locator('a[href^="#/person/"]').first().getAttribute('href')
  return { phone, person: link!.split('/')[2]! }
}
async function tell({ page }: FieldPhone, person: string, what: string, on: string): Promise<void> {
  await page.goto(`${house.address}/#/person/${person}/change`)
  await page.getByRole('link', { name: what, exact: true }).click()
  await page.getByRole('radio', { name: on }).check()
  await page.getByRole('button', { name: '保存并上报' }).click()
  await page.getByText('会自动上报').waitFor()
}

test('a visitor: back and died wait at the desk with their day, and the file stays as it is', async () => {
  const { phone, person } = await bound('fangwen')
  const before = await spansOf(person)
  await tell(phone, person, '回来了', '昨天')
  await tell(phone, person, '去世了', '今天')
  await phone.waitUnsent(0)
  const open = (await waiting()).map(({ what, person, content }) => [what, person?.id, content.status])
  assert.deepEqual(open, [
    ['status', person, { status: 'back', from: day(-1) }],
    ['status', person, { status: 'deceased', from: day(0) }],
  ])
  assert.deepEqual(await spansOf(person), before)
})

test('a clerk: in hospital, back and died stand in the file at once, and the dead leaves the phone', async () => {
  const { phone, person } = await bound('cunju')
  await tell(phone, person, '住院了', '昨天')
  await phone.waitUnsent(0)
  const suspended = { status: 'suspended', valid_from: day(-1), valid_to: null }
  const last = async (): Promise<Span> => {
    const { status, valid_from, valid_to } = (await spansOf(person)).at(-1)!
    return { status, valid_from, valid_to }
  }
  assert.deepEqual(await last(), suspended)
  await tell(phone, person, '回来了', '今天')
  await phone.waitUnsent(0)
  assert.deepEqual(await last(), { ...suspended, valid_to: day(0) })
  await tell(phone, person, '去世了', '今天')
  await phone.waitUnsent(0)
  assert.deepEqual(await last(), { status: 'deceased', valid_from: day(0), valid_to: null })
  assert.equal((await waiting()).length, 2, "the visitor's alone")
  await phone.page.goto(`${house.address}/#/outbox`)
  assert.equal(await phone.page.getByText('已经记入档案').count(), 3)
  await phone.page.goto(`${house.address}/#/`)
  await phone.page.locator(`a[href="#/person/${person}"]`).waitFor({ state: 'detached' })
})

test('a clerk: somebody new has a file until they move; what is found at a door is counted', async () => {
  const phone = new FieldPhone()
  phones.push(phone)
  const page = await phone.join(await invite(house, 'cunju'))
  await page.goto(`${house.address}/#/new-person`)
  await page.getByLabel('姓名', { exact: true }).fill('郑玉珍')
  await page.getByLabel('身份证号').fill('11010519491231002X')
  await page.getByRole('button', { name: '保存并上报' }).click()
  await page.getByText('会自动上报').waitFor()
  await phone.waitUnsent(0)
  const { people } = (await call(office, 'POST', '/people/list', { area: village, limit: 50 })) as Listed
  const made = people.find(({ name }) => name === '郑玉珍')
  assert.ok(made)
  await page.goto(`${house.address}/#/people`)
  await page.getByRole('link', { name: /^郑玉珍/ }).waitFor()
  await tell(phone, made.id, '搬走了', '今天')
  await phone.waitUnsent(0)
  const { status, valid_from } = (await spansOf(made.id)).at(-1)!
  assert.deepEqual([status, valid_from], ['moved_out', day(0)])

  const open = async () => {
    const { households } = await ask<{ households: { result: string }[] }>(`/households?village=${village}&limit=50`)
    return households.filter(({ result }) => result === 'open').length
  }
  const before = await open()
  await page.goto(`${house.address}/#/canvass`)
  await page.getByRole('button', { name: /^一组/ }).click()
  await page.getByRole('button', { name: '2号' }).first().click()
  await page.getByRole('button', { name: '没有符合的人', exact: true }).click()
  await page.getByText('没有符合的人，已存好').waitFor()
  await phone.waitUnsent(0)
  assert.equal(await open(), before - 1)
})
