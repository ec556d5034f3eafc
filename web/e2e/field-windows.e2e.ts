// One phone in two windows: each shows what the other did, and none disturbs what is typed elsewhere.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openContract, type Contract } from './field/contract.ts'
import { coreOf, FieldPhone, pin } from './phone.ts'

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

/** Another window of the same phone. */
async function anotherWindow(path: string): Promise<Page> {
  const other = await phone.page.context().newPage()
  await other.goto(`${contract.address}/#${path}`)
  await other.getByLabel('六位数字密码').fill(pin)
  return other
}
/** What was said on the screen before is said no more. */
async function unsaid(path: string): Promise<void> {
  const { page } = phone
  await page.goto(`${contract.address}/#/people`)
  await page.getByRole('heading', { level: 1, name: /^全部/ }).waitFor()
  await page.goto(`${contract.address}/#${path}`)
  await page.getByText(taken).waitFor({ state: 'detached' })
}
const taken = '另一个窗口改过或存过'
const mood = (page: Page) => page.getByRole('group', { name: /^(心情|精神状态)/ })

test('another window says what this one did, and shows the newest', async () => {
  const { page } = phone
  const path = `/record/${person}`
  await page.goto(`${contract.address}/#${path}`)
  const other = await anotherWindow(path)
  await press(other, '一切照旧')
  await mood(other).getByRole('radio').last().check()
  await mood(page).locator('input:checked').and(mood(page).getByRole('radio').last()).waitFor({ state: 'attached' })
  await page.getByText(taken).waitFor()
  await unsaid(path)
  await page.getByText('前面写的都在').waitFor()
  await press(other, '保存')
  await page.getByText('前面写的都在').waitFor({ state: 'detached' })
  await page.getByText(taken).waitFor()
  await other.close()
})

test('what is typed in another window takes nothing from what is typed on another screen here', async () => {
  const { page } = phone
  await unsaid('/settings')
  await press(page, '换密码')
  const before = page.getByLabel('现在的密码')
  await before.pressSequentially('258')
  const other = await anotherWindow(`/record/${person}`)
  const core = await coreOf(page)
  await mood(other).getByRole('radio').last().check()
  await page.waitForFunction((core) => core.view.drafts.length === 1, core)
  await page.keyboard.type('036')
  assert.equal(await before.inputValue(), pin)
  assert.equal(await page.getByText(taken).count(), 0)
  await other.getByText('不写了，删掉这份').click()
  await press(other, '删掉')
  await page.waitForFunction((core) => core.view.drafts.length === 0, core)
  assert.equal(await before.inputValue(), pin)
  await other.close()
})
