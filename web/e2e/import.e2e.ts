// A county's ledger comes in: tried, its columns corrected, taken, and the refused rows handed back.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { addVisitors, assertSound, call, openHouse, settled, type House } from './house.ts'

interface Listed {
  people: { id: string }[]
  next: string | null
}

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

test('a ledger is tried, corrected and taken, and what was refused comes back as a sheet', async () => {
  const page = await house.enter('quxian', '/import')
  await assertSound(page)
  await page.getByLabel('台账文件').setInputFiles(join(house.folder, 'ledger.xlsx'))
  await page.getByRole('button', { name: '试运行（不写入）' }).click()
  await page.getByRole('heading', { name: '试运行结果' }).waitFor()
  const refused = page.getByRole('table', { name: '退回的行' })
  await refused.locator('td', { hasText: /校验/ }).first().waitFor()
  await assertSound(page)
  const columns = await refused.getByRole('columnheader').count()
  await page.getByLabel('显示全部列').first().check()
  assert.ok((await refused.getByRole('columnheader').count()) > columns)

  // What is still answered of the second try must not be taken for the import.
  const imported = page.waitForRequest((asked) => /"dry_run"\r\n\r\nfalse/.test(asked.postData() ?? ''))
  const answers = new Map<string, number>()
  await page.route(/\/api\/v1\/ledgers\/[^/]+$/, async (route) => {
    const url = route.request().url()
    answers.set(url, (answers.get(url) ?? 0) + 1)
    if (answers.size === 1 && answers.get(url) === 2) await imported
    await route.continue()
  })
  await page.getByLabel('联系电话', { exact: true }).selectOption({ label: '不导入' })
  await page.getByRole('button', { name: '按修改后的对应关系再试一次' }).click()
  await page.getByRole('button', { name: /^导入 \d+ 行$/ }).waitFor()
  assert.equal(await page.getByLabel('联系电话', { exact: true }).inputValue(), 'ignore')

  await page.getByRole('button', { name: /^导入 \d+ 行$/ }).click()
  await page.getByRole('heading', { name: '导入完成' }).waitFor()
  await assertSound(page)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: /下载退回的行/ }).click(),
  ])
  assert.equal(download.suggestedFilename(), '退回的行.xlsx')

  // Every number opens what it counts.
  await page.getByRole('button', { name: /^退回: \d+$/ }).click()
  assert.equal(await page.evaluate('document.activeElement.id'), 'rows-refused')
  const registered = page.getByRole('link', { name: /^新登记: \d+$/ })
  const count = Number(await registered.innerText())
  assert.ok(count > 100, 'more than a page of the list')
  await registered.click()
  await page.getByText('本次导入新登记的人').waitFor()
  await settled(page)
  assert.equal((await page.getByRole('row').count()) - 1, 100)
  await assertSound(page)
  await page.getByRole('button', { name: '下一页' }).click()
  await settled(page)
  assert.equal((await page.getByRole('row').count()) - 1, count - 100)
})

test('imports are listed, and one on which nobody built is taken back as a whole', async () => {
  const page = await house.enter('quxian', '/import/history')
  const row = page.getByRole('row', { name: /ledger\.xlsx/ })
  await row.getByText('已导入').waitFor()
  await assertSound(page)
  await row.getByRole('button', { name: /^撤销/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText(/新登记的 \d+ 人将被收回/).waitFor()
  await assertSound(page)
  await dialog.getByRole('button', { name: '撤销' }).click()
  await row.getByText('已撤销').waitFor()
  await row.getByText(/收回 \d+ 人/).waitFor()
  assert.equal(await row.getByRole('button').count(), 0)
  await assertSound(page)
})

test('an import on which somebody built says so', async () => {
  const page = await house.enter('quxian', '/import')
  await page.getByLabel('台账文件').setInputFiles(join(house.folder, 'ledger.xlsx'))
  await page.getByRole('button', { name: '试运行（不写入）' }).click()
  await page.getByRole('button', { name: /^导入 \d+ 行$/ }).click()
  await page.getByRole('heading', { name: '导入完成' }).waitFor()
  await addVisitors(page)
  const { visitors } = (await call(page, 'GET', '/visitors')) as { visitors: { id: string }[] }
  let cursor: string | null | undefined
  do {
    const asked = { limit: 200, ...(cursor ? { cursor } : {}) }
    const { people, next } = (await call(page, 'POST', '/people/list', asked)) as Listed
    const assignments = people.map(({ id }) => ({ person: id, visitor: visitors[0]!.id }))
    await call(page, 'POST', '/plan/assignments', { assignments })
    cursor = next
  } while (cursor)
  await page.getByRole('link', { name: '导入历史' }).click()
  const row = page.getByRole('row', { name: /ledger\.xlsx.*已导入.*已有后续记录/ })
  await row.waitFor()
  assert.equal(await row.getByRole('button').count(), 0)
  await page.getByRole('link', { name: '导入', exact: true }).last().click()
  await page.getByRole('heading', { name: '导入完成' }).waitFor()
})

test('a file that is no ledger is refused in words', async () => {
  const page = await house.enter('zhenjie', '/import')
  await page
    .getByLabel('台账文件')
    .setInputFiles({ name: '通知.csv', mimeType: 'text/csv', buffer: Buffer.from('你好,再见\n1,2\n') })
  await page.getByRole('button', { name: '试运行（不写入）' }).click()
  await page.getByRole('alert').waitFor()
  assert.match(await page.getByRole('alert').innerText(), /表头|人员/)
  await assertSound(page)
})

test('a department may bring only its lists', async () => {
  const page = await house.enter('canlian', '/import')
  const kinds = await page.getByLabel('类别').locator('option').allInnerTexts()
  assert.deepEqual(kinds, ['卫健部门名单', '残联名单'])
  await assertSound(page)
  await page.getByRole('link', { name: '导入历史' }).click()
  await page.getByText('还没有导入过').waitFor()
  await assertSound(page)
})

test('a village clerk is not led to the import', async () => {
  const page = await house.enter('cunju', '/import')
  await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
})
