// Coming in: signing in with the keyboard alone, a second factor, an invitation, an ended session that loses nothing.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, before, test } from 'node:test'
import { assertSound, openHouse, password, settled, type House } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

/** RFC 6238, of a secret in base 32. */
function codeOf(secret: string): string {
  const bits = [...secret.replace(/=+$/, '')]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const hash = createHmac('sha1', key).update(counter).digest()
  const offset = (hash[19] as number) & 15
  return String((hash.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

test('the keyboard alone signs in and out', async () => {
  const page = await house.enter(null)
  assert.match(page.url(), /\/desk\/sign-in$/)
  await assertSound(page)
  await page.keyboard.type('quxian')
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
  const leave = page.getByRole('button', { name: '退出登录' })
  await leave.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '登录' }).waitFor()
})

test('a wrong password is refused in words, in both languages', async () => {
  const page = await house.enter(null, '/people')
  await page.getByLabel('账号').fill('quxian')
  await page.getByLabel('密码').fill('not the password')
  await page.getByRole('button', { name: '登录' }).click()
  const refusal = page.getByRole('alert')
  assert.match(await refusal.innerText(), /密码/)
  await page.getByRole('button', { name: 'English' }).click()
  await refusal.getByText('password').waitFor()
  await assertSound(page)
})

test('an office enrols a second factor before anything else, and is asked for it from then on', async () => {
  const page = await house.enter('shengji', '/people')
  await page.getByRole('heading', { name: '启用双因素验证' }).waitFor()
  await page.getByRole('img', { name: /二维码/ }).waitFor()
  await assertSound(page)
  const secret = (await page.locator('.code').first().innerText()).replaceAll(' ', '')
  await page.getByLabel('验证码').fill(codeOf(secret))
  await page.getByRole('button', { name: '确认' }).click()
  await page.getByRole('button', { name: '已抄好' }).waitFor()
  const codes = await page.locator('ol li').allInnerTexts()
  assert.ok(codes.length >= 8)
  await page.getByRole('button', { name: '已抄好，继续' }).click()
  await page.getByRole('heading', { name: '今日' }).waitFor()

  const again = await house.enter(null)
  await again.getByLabel('账号').fill('shengji')
  await again.getByLabel('密码').fill(password)
  await again.keyboard.press('Enter')
  await again.getByLabel('验证码').fill(codes[0] as string)
  await again.keyboard.press('Enter')
  await again.getByRole('heading', { name: '今日' }).waitFor()
})

test('whoever may do without a second factor takes one on, and it is taken off for who lost it', async () => {
  const page = await house.enter('shenji', '/me')
  await settled(page)
  await page.getByRole('button', { name: '启用双因素验证' }).click()
  const dialog = page.getByRole('dialog', { name: '启用双因素验证' })
  await dialog.getByRole('img', { name: /二维码/ }).waitFor()
  await assertSound(page)
  await dialog.getByLabel('验证码').fill('000000')
  await dialog.getByRole('button', { name: '确认' }).click()
  await dialog.locator('.error, [role=alert]').first().waitFor()
  await assertSound(page)
  const secret = (await dialog.locator('.code').first().innerText()).replaceAll(' ', '')
  await dialog.getByLabel('验证码').fill(codeOf(secret))
  await dialog.getByRole('button', { name: '确认' }).click()
  await dialog.getByRole('button', { name: '已抄好' }).waitFor()
  await assertSound(page)
  // They are told once: Escape does not take them away.
  await page.keyboard.press('Escape')
  assert.ok((await dialog.locator('ol li').count()) >= 8)
  await dialog.getByRole('button', { name: '已抄好' }).click()
  await dialog.waitFor({ state: 'hidden' })

  const officer = await house.enter('anquan', '/accounts')
  await officer.getByRole('link', { name: 'shenji的姓名' }).click()
  await officer.getByRole('button', { name: '移除丢失的验证器' }).click()
  const asked = officer.getByRole('dialog', { name: '移除丢失的验证器' })
  await asked.getByText('shenji的姓名的验证器和恢复码都将失效').waitFor()
  await assertSound(officer)
  await asked.getByRole('button', { name: '移除丢失的验证器' }).click()
  await officer.getByText('验证器已移除，须重新启用').waitFor()
  await assertSound(officer)
})

test('a session that ends asks to sign in again over the page and goes on', async () => {
  const page = await house.enter('quxian', '/me')
  await page.getByLabel('现在的密码').fill('what was typed before')
  await page.context().clearCookies()
  await page.getByLabel('新密码', { exact: true }).fill('a new password for all')
  await page.getByLabel('再次输入新密码').fill('a new password for all')
  await page.getByRole('button', { name: '保存' }).click()
  const dialog = page.getByRole('dialog', { name: '登录已过期' })
  await dialog.getByLabel('密码').fill(password)
  await assertSound(page)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'hidden' })
  assert.equal(await page.getByLabel('现在的密码').inputValue(), 'what was typed before')
  assert.match(await page.getByRole('alert').or(page.locator('.error')).first().innerText(), /密码/)
})

test('a page that is not there says so', async () => {
  const page = await house.enter('quxian', '/nowhere/at/all')
  await page.getByText('地址有误').waitFor()
  await assertSound(page)
})
