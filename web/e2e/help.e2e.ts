// The manual: its button opens the page's chapter, it speaks to one's role, is searched, and reads in both languages.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { assertSound, openHouse, type House, type Login } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

test('every page leads to its chapter, with pictures that load', async () => {
  const page = await house.enter('quxian', '/plan')
  for (const [path, chapter] of [
    ['/plan', '计划：应探访任务与分派'],
    ['/people', '老年人：找人和登记'],
    ['/visits/corrections', '探访记录：查看、补录、更正'],
    ['/nowhere', '出错时怎么办'],
  ]) {
    await page.goto(`${house.address}/desk${path}`)
    await page.getByRole('link', { name: '帮助', exact: true }).click()
    await page.getByRole('heading', { level: 2, name: chapter }).waitFor()
  }
  await page.goto(`${house.address}/desk/help/person`)
  await page.getByRole('figure').first().scrollIntoViewIfNeeded()
  await page.waitForFunction(() => document.querySelector<HTMLImageElement>('figure img')?.naturalWidth === 960)
  await assertSound(page)
})

test('the manual is searched, and read in English', async () => {
  const page = await house.enter('zhenjie', '/help')
  await page.getByLabel('在手册中查找').fill('逾期 截止日')
  await page.getByRole('link', { name: '每个数字的含义' }).last().click()
  await page.getByRole('heading', { level: 2, name: '每个数字的含义' }).waitFor()
  await page.getByLabel('在手册中查找').fill('没有这样的词')
  await page.getByText('没有找到').waitFor()
  await assertSound(page)
  await page.getByLabel('在手册中查找').fill('')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { level: 2, name: 'What each figure means' }).waitFor()
  await assertSound(page)
})

test('it speaks to one’s own role; the chapters of others stand behind a switch', async () => {
  const seen: [Login, string, string][] = [
    ['fangwen', '您来做什么：探访员', '审计'],
    ['shenji', '您来做什么：审计员', '探访记录：查看、补录、更正'],
    ['canlian', '您来做什么：部门联络员', '今日：谁还没有被探访'],
  ]
  for (const [login, own, notMine] of seen) {
    const page = await house.enter(login, '/help/start')
    await page.getByRole('heading', { name: own }).waitFor()
    assert.equal(await page.getByRole('heading', { name: /您来做什么/ }).count(), 1)
    const list = page.getByRole('navigation', { name: '章节' })
    assert.equal(await list.getByRole('link', { name: notMine, exact: true }).count(), 0)
    await assertSound(page)
    await page.getByLabel('显示全部章节和角色').check()
    await list.getByRole('link', { name: notMine, exact: true }).waitFor()
    await page.context().close()
  }
})
