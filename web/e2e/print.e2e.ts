// Every list and file on paper: where and of when it is stands above it, nothing to press is on it, and it is as wide as A4.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { addCanvass, addVisitors, openHouse, settled, town, type House } from './house.ts'

let house: House
before(async () => {
  house = await openHouse()
  await addVisitors(await house.enter('quxian', '/plan/visitors'))
  await addCanvass(await house.enter('quxian', '/canvass'))
})
after(() => house.close())

const lists = [
  '/',
  `/people?area=${town}`,
  '/canvass',
  `/visits?area=${town}`,
  '/visits/attempts',
  '/visits/corrections',
  '/visits/archives',
  `/plan?area=${town}`,
  `/plan/calendar?area=${town}`,
  '/plan/calendar',
  `/plan/by-visitor?area=${town}`,
  `/plan/assignment?area=${town}`,
  '/plan/visitors',
  '/plan/rounds',
  '/plan/declarations',
  '/plan/suspensions',
  '/plan/festivals',
  '/import/history',
  '/reports',
  '/schemes/luzhou-2023',
  '/schemes/drafts',
  '/accounts',
  '/work/verification',
  '/work/refresh',
  '/work/differences',
  '/work/transfers',
  '/work/corrections',
  '/help/plan',
]

/** A sheet's width without its margins, in the pixels of the browser's print. */
const sheet = 718

/** What is there to be pressed alone - a tile or a row says something - and what does not fit on it even where the browser makes all of it smaller. */
function wrong(): string[] {
  const seen = (each: Element) => each.checkVisibility({ visibilityProperty: true }) && each.clientWidth > 2
  const pressed = [...document.querySelectorAll('nav, input, .el-button, button:not(.link, td button, li button)')]
  const found = pressed.filter(seen).map((each) => each.outerHTML.slice(0, 100))
  const widest = Math.max(...[...document.querySelectorAll('main *')].filter(seen).map((each) => each.scrollWidth))
  if (widest > innerWidth * 1.5) found.push(`${widest} wide`)
  return found
}

async function onPaper(page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: sheet, height: 1000 })
  await settled(page)
  const told = await page.evaluate(wrong)
  const place = page.getByText(/ \d{4}-\d{2}-\d{2} quxian的姓名$/)
  if (!(await place.isVisible())) told.push('neither place nor day stand above it')
  await page.emulateMedia({ media: 'screen' })
  await page.setViewportSize({ width: 1280, height: 720 })
  return told
}

test('every list', async () => {
  const page = await house.enter('quxian', '/me')
  const told: string[] = []
  for (const path of lists) {
    await page.goto(`${house.address}/desk${path}`)
    await page.locator('h1').first().waitFor()
    await settled(page)
    told.push(...(await onPaper(page)).map((each) => `${path} ${each}`))
  }
  assert.deepEqual(told, [])
})

test('the file of a person and of a visit', async () => {
  const page = await house.enter('quxian', '/people?state=met')
  await settled(page)
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { name: '认定结果与依据' }).waitFor()
  await settled(page)
  assert.deepEqual(await onPaper(page), [])
  for (const part of ['联系人', '信息项', '变更历史'])
    assert.ok(await page.getByRole('heading', { name: part }).isVisible())
  await page.getByRole('table', { name: '探访记录' }).getByRole('link').first().click()
  await page.getByRole('heading', { name: '探访所见' }).waitFor()
  await settled(page)
  assert.deepEqual(await onPaper(page), [])
})
