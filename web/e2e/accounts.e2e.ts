// Accounts made, accepted and switched off; the trail that shows it.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { assertSound, call, environment, openHouse, password, program, settled, type House } from './house.ts'

let house: House
before(async () => {
  house = await openHouse({
    prepare: (folder) =>
      execFileSync(
        program,
        ['--data', folder, 'accounts', 'create', 'zongshen', '--name', '总审计', '--role', 'auditor'],
        { input: `${password}\n`, env: environment, stdio: ['pipe', 'ignore', 'inherit'] },
      ),
  })
})
after(() => house.close())

test('an account is invited by link, accepted, and switched off again', async () => {
  const page = await house.enter('zhenjie', '/accounts')
  await assertSound(page)
  await page.getByRole('button', { name: '开户并邀请' }).click()
  const dialog = page.getByRole('dialog', { name: '开户并邀请' })
  await dialog.waitFor()
  const offered = await dialog.getByLabel('角色').locator('option').allInnerTexts()
  assert.deepEqual(offered, ['探访员', '村（社区）经办人', '养老服务机构或帮扶单位'])
  await dialog.getByText(/^这一角色的区划：.*村（社区）$/).waitFor()
  await dialog.getByLabel('姓名').fill('陈探访')
  await dialog.getByLabel('账号名').fill('quxian')
  await dialog.getByRole('button', { name: '生成邀请链接' }).click()
  await dialog.locator('.error').waitFor()
  await assertSound(page)
  await dialog.getByLabel('账号名').fill('chen.tanfang')
  await dialog.getByRole('button', { name: '生成邀请链接' }).click()
  const link = await dialog.locator('.link-text').innerText()
  await dialog.getByRole('img', { name: '邀请链接的二维码' }).waitFor()
  await assertSound(page)
  await dialog.getByRole('button', { name: '关闭' }).last().click()

  const guest = await house.enter(null)
  await guest.goto(link)
  await guest.reload()
  await guest.getByText('chen.tanfang').waitFor()
  await guest.getByLabel('新密码', { exact: true }).fill('my password of today')
  await guest.getByLabel('再次输入新密码').fill('my password of today')
  await assertSound(guest)
  await guest.getByRole('button', { name: '设置密码并启用账号' }).click()
  await guest.getByLabel('账号').fill('chen.tanfang')
  await guest.getByLabel('密码').fill('my password of today')
  await guest.keyboard.press('Enter')
  await guest.getByRole('heading', { level: 1, name: '今日' }).waitFor()

  await page.getByRole('link', { name: '陈探访' }).click()
  await page.getByRole('button', { name: '停用', exact: true }).click()
  await page.getByText('已停用，会话已结束').waitFor()
  await page.getByRole('button', { name: '启用', exact: true }).waitFor()
  await assertSound(page)
})

test('a security officer ends sessions and changes no town', async () => {
  const page = await house.enter('anquan', '/accounts')
  await page.getByRole('link', { name: 'zhenjie的姓名' }).click()
  await page.getByRole('button', { name: '结束全部会话' }).click()
  await page.getByText('会话已全部结束').waitFor()
  assert.equal(await page.getByRole('button', { name: '停用', exact: true }).count(), 0)
  await assertSound(page)
})

test('a supervisor reads accounts, and a liaison has no such page', async () => {
  const page = await house.enter('shenji', '/accounts')
  await page.getByRole('link', { name: 'quxian的姓名' }).waitFor()
  assert.equal(await page.getByRole('button', { name: '开户并邀请' }).count(), 0)
  await assertSound(page)
  const other = await house.enter('canlian', '/accounts')
  await other.getByRole('heading', { level: 1, name: '今日' }).waitFor()
})

test('the auditor reads the trail by kind', async () => {
  const page = await house.enter('shenji', '/audit')
  await settled(page)
  await page.getByLabel('事项').selectOption({ label: '登录' })
  await settled(page)
  const kinds = await page.locator('tbody tr td:nth-child(2)').allInnerTexts()
  assert.ok(kinds.length > 0 && kinds.every((kind) => kind === '登录'))
  await assertSound(page)
})

test('who saw what in clear is told by account, by person and by day', async () => {
  const county = await house.enter('quxian', '/people')
  await settled(county)
  const { people } = (await call(county, 'POST', '/people/list', { limit: 2 })) as { people: { id: string }[] }
  for (const { id } of people)
    await call(county, 'POST', `/people/${id}/reveal`, { fields: ['phone'], reason: '核对电话' })
  const page = await house.enter('shenji', '/audit')
  await settled(page)
  await page.getByRole('button', { name: '本月查看明文' }).click()
  await settled(page)
  const rows = page.locator('tbody tr')
  assert.equal(await rows.count(), 2)
  assert.match(await rows.first().innerText(), /查看明文\s+quxian\s+person:\w+\s+字段 电话、原因 核对电话/)
  await assertSound(page)
  const subject = rows.first().getByRole('button', { name: /^person:/ })
  const whose = await subject.innerText()
  await subject.focus()
  await page.keyboard.press('Enter')
  await settled(page)
  assert.equal(await rows.count(), 1)
  assert.equal(await page.getByLabel('对象', { exact: true }).inputValue(), whose)
  await rows.first().getByRole('button', { name: 'quxian' }).click()
  await settled(page)
  assert.equal(await rows.count(), 1)
  await assertSound(page)
})

test('the whole chain is proved to whoever audits the whole deployment', async () => {
  const page = await house.enter('zongshen' as 'shenji', '/audit')
  await settled(page)
  await page.getByRole('button', { name: '核验整条链' }).click()
  const proof = page.getByText(/^审计链完整：\d+ 条，已封存 \d+ 条。$/)
  await proof.waitFor()
  const [entries, sealed] = [...(await proof.innerText()).matchAll(/\d+/g)].map(Number)
  assert.ok(Number(entries) > 0 && Number(sealed) > 0)
  await assertSound(page)
  const own = await house.enter('shenji', '/audit')
  await settled(own)
  assert.equal(await own.getByRole('button', { name: '核验整条链' }).count(), 0, 'of a county it proves nothing')
})

test('nobody else reads the trail', async () => {
  const page = await house.enter('quxian', '/audit')
  await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
})
