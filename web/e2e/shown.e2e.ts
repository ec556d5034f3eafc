// What is shown is true: of the one record, whole, of now; and it stays in sight.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertSound, call, openHouse, settled, type House } from './house.ts'
import { openFirst } from './person.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

test('what is shown is what leaves: whom a phone found alone, whatever the filters say', async () => {
  const page = await house.enter('zhenjie', '/people?tier=key')
  const listed = (await call(page, 'POST', '/people/list', { limit: 1 })) as { people: { id: string }[] }
  const id = String(listed.people[0]?.id)
  const shown = { fields: ['phone'], reason: '核对电话号码' }
  const { phone } = (await call(page, 'POST', `/people/${id}/reveal`, shown)) as { phone: string }
  await page.getByLabel('姓名、拼音、身份证号或电话').fill(phone)
  await page.getByText('不按上面的条件筛选').waitFor()
  await settled(page)
  const rows = await page.getByRole('table').locator('tbody tr').count()
  assert.ok(rows > 0)
  await page.evaluate(() => {
    const send = window.fetch
    window.fetch = async (asked, init) => {
      if (asked instanceof Request && asked.url.endsWith('/people/export')) window.name = await asked.clone().text()
      return send(asked, init)
    }
  })
  await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出', exact: true }).click()])
  const { people } = JSON.parse(await page.evaluate(() => window.name)) as { people: string[] }
  assert.equal(people.length, rows)
  assert.ok(people.includes(id))
  await assertSound(page)
})

test('headings of a long list stay in sight, and a page turned is read from its beginning', async () => {
  const page = await house.enter('quxian', '/people')
  await settled(page)
  const heading = page.getByRole('columnheader', { name: '姓名' })
  await page.getByRole('button', { name: '下一页' }).scrollIntoViewIfNeeded()
  assert.equal(await heading.evaluate((each) => Math.round(each.getBoundingClientRect().top)), 0)
  const first = await page.getByRole('table').getByRole('link').first().innerText()
  await page.getByRole('button', { name: '下一页' }).click()
  await page.getByText(/第 2 页/).waitFor()
  await settled(page)
  const now = page.getByRole('table').getByRole('link').first()
  assert.notEqual(await now.innerText(), first)
  assert.ok((await now.boundingBox())!.y >= 0, 'the first row is in sight')
})

test('a part of a file that cannot be read says so, and not that nothing is owed', async () => {
  const page = await house.enter('zhenjie', '/people?state=owed')
  await page.route('**/obligations?**', (route) => route.abort())
  await openFirst(page)
  const part = page.locator('section', { has: page.getByRole('heading', { name: '应探访任务与已计入的探访' }) })
  await part.getByRole('alert').waitFor()
  assert.equal(await part.getByText('无任务').count(), 0)
  await page.unroute('**/obligations?**')
  await part.getByRole('button', { name: '重试' }).click()
  await part.getByText('待探访').first().waitFor()
})

test('one goes on at the top of the next page, and a file never shows what was seen of another', async () => {
  const page = await house.enter('quxian', '/people')
  await settled(page)
  await page.getByRole('table').getByRole('link').first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '认定结果与依据' }).waitFor()
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main')
  const first = page.url()
  const number = page.locator('dd.code').nth(1)
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '老年人' }).click()
  await settled(page)
  await page.getByRole('table').getByRole('link').nth(1).click()
  await page.getByRole('heading', { name: '认定结果与依据' }).waitFor()
  await page.getByRole('button', { name: '查看明文' }).click()
  await page.getByRole('dialog').getByLabel('原因').fill('核对电话号码')
  await page.getByRole('dialog').getByRole('button', { name: '查看', exact: true }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  assert.doesNotMatch(await number.innerText(), /\*/)
  // Back by two pages at once, from file to file.
  await page.evaluate(() => history.go(-2))
  await page.waitForURL(first)
  await settled(page)
  assert.match(await number.innerText(), /\*/)
})
