// The document behind a scheme: attached by the county, opened at a clause's page by everybody of it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertSound, openHouse, type House } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

test('the county attaches the document and its people open it at the clause', async () => {
  const county = await house.enter('quxian', '/schemes/luzhou-2023')
  await county.getByText('还没有附上原文').waitFor()
  const chooser = county.locator('input[type=file]')
  await chooser.setInputFiles({ name: '文件.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<html>') })
  await county.getByText('请上传 PDF 文件').waitFor()
  await chooser.setInputFiles({ name: '文件.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n') })
  await county.getByRole('link', { name: '打开原文' }).waitFor()
  await county.getByRole('button', { name: '注明页码' }).click()
  await assertSound(county)
  const first = county.locator('#document-pages label').first()
  const clause = (await first.locator('span').textContent()) ?? ''
  await first.locator('input').fill('3')
  await county.keyboard.press('Enter')
  const link = county.getByRole('link', { name: clause, exact: true }).first()
  await link.waitFor()
  assert.equal(await link.getAttribute('href'), '/api/v1/schemes/luzhou-2023/document#page=3')
  await assertSound(county)

  const clerk = await house.enter('cunju', '/schemes/luzhou-2023')
  await clerk.getByRole('link', { name: clause, exact: true }).first().waitFor()
  assert.equal(await clerk.getByRole('button', { name: '更换原文' }).count(), 0)
  const answer = await clerk.request.get(`${house.address}/api/v1/schemes/luzhou-2023/document`)
  assert.equal(answer.headers()['content-type'], 'application/pdf')

  await county.getByRole('button', { name: '移除原文' }).click()
  await county.getByRole('dialog').getByRole('button', { name: '移除原文' }).click()
  await county.getByText('还没有附上原文').waitFor()
})
