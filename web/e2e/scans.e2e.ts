// Paper that comes back: printed by the server, sent as a file, and entered beside its picture, by keyboard.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { assertSound, environment, openHouse, program, settled, type House } from './house.ts'

let house: House
let folder: string
before(async () => {
  house = await openHouse()
  folder = mkdtempSync(join(tmpdir(), 'tanfang-scans-'))
})
after(async () => {
  await house.close()
  rmSync(folder, { recursive: true })
})

/** The form of a person of the list, as the office prints it. */
async function printed(page: Page, row = 0): Promise<string> {
  await settled(page)
  await page.getByRole('table').getByRole('link').nth(row).click()
  await page.getByRole('heading', { name: '认定结果与依据' }).waitFor()
  const person = String(/people\/([^/?]+)/.exec(page.url())?.[1])
  const out = join(folder, `form-${row}.pdf`)
  const words = ['print', 'person', person, '--form', 'luzhou-2023/visit', '--out', out]
  execFileSync(program, ['--data', house.folder, ...words], { env: environment, stdio: 'ignore' })
  return out
}
async function sent(page: Page, files: string[]): Promise<void> {
  await page.getByLabel('上传扫描件或照片').setInputFiles(files)
  await page
    .getByText(/已上传 \d+ 个文件/)
    .first()
    .waitFor()
  await page.getByRole('link', { name: '已传文件' }).click()
  // The list also has what was sent before.
  await page
    .getByText(/已识别，共/)
    .nth(files.length - 1)
    .waitFor({ timeout: 60_000 })
  const unread = page.getByText(/等待识别|已识别 \d+ \/ \d+ 页/)
  while ((await unread.count()) > 0) await unread.first().waitFor({ state: 'hidden', timeout: 60_000 })
}

test('a form that came back waits, and is entered beside its picture', async () => {
  const page = await house.enter('cunju', '/people')
  const form = await printed(page)
  const person = String(/people\/([^/?]+)/.exec(page.url())?.[1])
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '纸质回收' }).click()
  await page.getByRole('heading', { level: 1, name: '纸质回收' }).waitFor()
  await settled(page)
  await assertSound(page)
  await sent(page, [form])
  await page.getByRole('link', { name: /^待录入/ }).click()
  await page.getByRole('link', { name: '录入', exact: true }).first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: '补录探访' }).waitFor()
  const picture = page.getByRole('img', { name: '纸质表图片' })
  await picture.waitFor()
  await page.getByRole('group', { name: '移动图片' }).focus()
  await page.keyboard.press('+')
  assert.match(String(await picture.locator('..').getAttribute('style')), /150%/)
  await page.keyboard.press('r')
  assert.match(String(await picture.getAttribute('class')), /turned-1/)
  await settled(page)
  await assertSound(page)
  await page.getByLabel('结果').selectOption('not_home')
  await page.getByLabel('探访人').fill('王志强')
  await page.getByRole('button', { name: '保存' }).press('Enter')
  await page.getByText('探访记录已保存').waitFor()

  // A page that was put to the wrong record is found beside it, and goes back to those that wait for their place.
  const newest = await page.evaluate(async (of) => {
    const list = (await (await fetch(`/api/v1/visits?person=${of}`)).json()) as { visits: { id: string }[] }
    return String(list.visits[0]?.id)
  }, person)
  await page.goto(`${house.address}/desk/visits/${newest}`)
  const paper = page.locator('section', { hasText: '这条记录的纸质表' }).last()
  await paper.getByRole('link', { name: '第 1 页' }).press('Enter')
  await page.getByRole('button', { name: '从记录中移出' }).press('Enter')
  await page.getByText('图片不会丢').waitFor()
  await settled(page)
  await assertSound(page)
  await page.getByLabel('原因').fill('归到了别人的记录')
  await page.keyboard.press('Enter')
  await page.getByText('曾写明的原因：归到了别人的记录').waitFor()
  await page.goto(`${house.address}/desk/scans`)
  await page.getByRole('link', { name: /^待认领/ }).click()
  await page.getByText('曾归错记录，已移出').waitFor()
  await page.goto(`${house.address}/desk/visits/${newest}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await settled(page)
  assert.equal(await page.getByText('这条记录的纸质表').count(), 0)
})

test('from a page that was entered one comes to the next of the pile, and at last to the empty pile', async () => {
  const page = await house.enter('zhenjie', '/people')
  const first = await printed(page, 1)
  await page.goBack()
  const forms = [first, await printed(page, 2)]
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: '纸质回收' }).click()
  await settled(page)
  await sent(page, forms)
  await page.getByRole('link', { name: /^待录入/ }).click()
  await page.getByRole('link', { name: '录入', exact: true }).first().click()
  const seen = new Set<string>()
  for (let left = forms.length; left > 0; left--) {
    await page.getByRole('heading', { level: 1, name: '补录探访' }).waitFor()
    await settled(page)
    seen.add(new URL(page.url()).pathname)
    await page.getByLabel('结果').selectOption('not_home')
    await page.getByLabel('探访人').fill('王志强')
    const before = page.url()
    await page.getByRole('button', { name: '保存' }).click()
    await page.waitForURL((url) => String(url) !== before)
  }
  assert.equal(seen.size, forms.length, 'each page once')
  await page.waitForURL(/\/scans(\?|$)/)
  await settled(page)
  await assertSound(page)
})

test('what no code is on is set aside with a reason', async () => {
  const page = await house.enter('zhenjie', '/scans')
  const blank = join(folder, 'broken.pdf')
  writeFileSync(blank, '%PDF-1.7\nnothing behind')
  await settled(page)
  await sent(page, [blank])
  await page.getByRole('link', { name: /^待认领/ }).click()
  await page.getByText('文件打不开').waitFor()
  await page.getByRole('link', { name: '查看' }).first().press('Enter')
  await page.getByRole('button', { name: '搁置' }).press('Enter')
  await page.getByLabel('原因').fill('文件损坏，已重新扫描')
  await page.keyboard.press('Enter')
  await page.getByText('搁置原因：文件损坏，已重新扫描').waitFor()
  await settled(page)
  await assertSound(page)
})
