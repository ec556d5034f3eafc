// A county's ledger comes in: tried, its columns corrected, taken, and the refused rows handed back.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { assertSound, openHouse, type House } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

test('a ledger is tried, corrected and taken, and what was refused comes back as a sheet', async () => {
  const page = await house.enter('quxian', '/import')
  await assertSound(page)
  await page.getByLabel('台账文件').setInputFiles(join(house.folder, 'ledger.xlsx'))
  await page.getByRole('button', { name: '试运行（不写入）' }).click()
  await page.getByRole('heading', { name: '试运行结果' }).waitFor()
  await page.getByText('身份证号校验不符').first().waitFor()
  await assertSound(page)

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
})

test('a village clerk is not led to the import', async () => {
  const page = await house.enter('cunju', '/import')
  await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
})
