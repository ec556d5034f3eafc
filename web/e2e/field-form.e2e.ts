// The form of the scheme becomes another while a record is under way: a newer release serves the same data.
import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { call, makeData, openHouse, root, type House } from './house.ts'
import { answerAll, beginRecord, FieldPhone, invite, visitsOf } from './phone.ts'

const folder = mkdtempSync(join(tmpdir(), 'tanfang-form-'))
const home = mkdtempSync(join(tmpdir(), 'tanfang-home-'))
let house: House
const phone = new FieldPhone()

/** All that the program is shipped with, but for one question, which has another name and other answers. */
function makeHome(): void {
  for (const name of readdirSync(root)) if (name !== 'schemes') symlinkSync(join(root, name), join(home, name))
  cpSync(join(root, 'schemes'), join(home, 'schemes'), { recursive: true })
  const path = join(home, 'schemes/luzhou-2023/forms/visit.toml')
  const text = readFileSync(path, 'utf8')
  const line = text.split('\n').find((each) => each.includes('code = "mood"'))
  assert.ok(line)
  const other = line.replace('"mood"', '"spirits"').replace(/zh = "[^"]*"/, 'zh = "精神状态"')
  writeFileSync(path, text.replace('version = 1\n', 'version = 2\n').replace(line, other))
}

before(async () => {
  const made = process.env.TANFANG_BROWSER_DATA
  if (made) cpSync(made, folder, { recursive: true })
  else makeData(folder)
  makeHome()
  house = await openHouse({ folder })
})
after(async () => {
  await phone.close()
  await house.close()
  for (const each of [folder, home]) rmSync(each, { recursive: true, force: true })
})

test('what was answered stays, what has no place any more is told, and the record is of the newer form', async () => {
  const page = await phone.join(await invite(house, 'cunju'))
  const person = await beginRecord(page)
  await page
    .getByRole('group', { name: /^情绪状态/ })
    .getByLabel('较差')
    .check()
  const disease = page.getByRole('group', { name: /^疾病状况/ })
  await disease.getByRole('radio').first().check()
  const kept = await disease.locator('.held').innerText()
  const begun = (await visitsOf(house, person)).length

  const { address } = house
  await house.close()
  house = await openHouse({ folder, home, port: Number(new URL(address).port) })
  await page.goto(`${address}/#/`)
  await page.reload()
  const bundle = page.waitForResponse((answer) => answer.url().endsWith('/device/bundle'))
  await phone.unlock()
  await bundle
  await page.locator(`a[href="#/person/${person}"]`).first().click()
  await page.getByRole('link', { name: '接着写' }).click()
  await page.getByText('情绪状态：较差').waitFor()
  await page.getByRole('group', { name: /^精神状态/ }).waitFor()
  assert.equal(
    await page
      .getByRole('group', { name: /^疾病状况/ })
      .locator('.held')
      .innerText(),
    kept,
  )
  await answerAll(page)
  await phone.waitUnsent(0)
  const visits = await visitsOf(house, person)
  assert.equal(visits.length, begun + 1)
  const office = await house.enter('quxian')
  const told = (await call(office, 'POST', `/visits/${visits[0]!.id}/reveal`, { reason: '核对表格版本' })) as {
    form_version: number
    answers: Record<string, unknown>
  }
  assert.equal(told.form_version, 2)
  assert.ok('spirits' in told.answers && !('mood' in told.answers))
  await office.context().close()
})
