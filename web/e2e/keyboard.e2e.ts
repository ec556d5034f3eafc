// Without a mouse: every control of every page is reached by Tab and shows that it is, and a paper record is entered whole.
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

/** Numbers the controls of the page that Tab should reach; of radio buttons of one name one alone is. */
function numberControls(): number {
  const groups = new Set<string>()
  let count = 0
  for (const each of document.querySelectorAll<HTMLElement>(
    'main :is(a[href], button, input, select, textarea, summary)',
  )) {
    if (!each.checkVisibility({ visibilityProperty: true }) || each.matches(':disabled, [tabindex="-1"]')) continue
    if (each instanceof HTMLInputElement && each.type === 'radio') {
      if (groups.has(each.name)) continue
      groups.add(each.name)
    }
    each.dataset.control = String(count++)
  }
  return count
}
/** Where the keyboard is: the number of the control, and whether one sees it. */
function whereItIs(): { control: string; seen: boolean } {
  const at = document.activeElement as HTMLElement
  let control = at.dataset.control ?? ''
  if (control === '' && at instanceof HTMLInputElement && at.type === 'radio')
    control =
      document.querySelector<HTMLElement>(`[name="${CSS.escape(at.name)}"][data-control]`)?.dataset.control ?? ''
  const marked = (each: Element | null, above: number): boolean => {
    if (!each || above < 0) return false
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each)
    const outlined = outlineStyle !== 'none' && parseFloat(outlineWidth) > 0
    return outlined || boxShadow !== 'none' || marked(each.parentElement, above - 1)
  }
  return { control, seen: marked(at, 2) }
}

const pages = [
  '/',
  `/people?area=${town}&tier=key`,
  '/people/new',
  '/canvass',
  `/visits?area=${town}`,
  '/visits/archives',
  '/visits/entry',
  `/plan?area=${town}`,
  `/plan/calendar?area=${town}`,
  `/plan/assignment?area=${town}`,
  '/plan/visitors',
  '/plan/rounds',
  '/import',
  '/reports',
  '/export',
  '/schemes/luzhou-2023',
  '/accounts',
  '/me',
  '/help',
]

test('Tab reaches every control of every page, and one sees where it is', async () => {
  const page = await house.enter('quxian')
  for (const path of pages) {
    await page.goto(`${house.address}/desk${path}`)
    await page.locator('h1').first().waitFor()
    await settled(page)
    const count = await page.evaluate(numberControls)
    const reached = new Set<string>()
    const marked = new Set<string>()
    await page.locator('main').focus()
    for (let i = 0; i < count + 60 && reached.size < count; ++i) {
      await page.keyboard.press('Tab')
      const { control, seen } = await page.evaluate(whereItIs)
      if (control === '') continue
      reached.add(control)
      // Within a date the browser marks the part that the keyboard is at.
      if (seen) marked.add(control)
    }
    const missed = await page.evaluate(
      (known) =>
        [...document.querySelectorAll<HTMLElement>('[data-control]')]
          .filter((each) => !known.includes(String(each.dataset.control)))
          .map((each) => each.outerHTML.slice(0, 120)),
      [...marked],
    )
    assert.deepEqual(missed, [], `${path}: reached ${reached.size} of ${count}, and not seen there`)
  }
})

/** What the keyboard is at. */
const at = (page: Page) =>
  page.evaluate(() => {
    const each = document.activeElement as HTMLInputElement
    const required = each.closest('fieldset')?.querySelector('legend .mark') !== null
    return { type: each.type, name: each.name, text: each.textContent?.trim() ?? '', required }
  })

test('a paper record is entered by the keyboard alone', async () => {
  const page = await house.enter('zhenjie', '/people?state=owed')
  await settled(page)
  await page.getByRole('table').getByRole('link').first().focus()
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: '补录探访' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '补录探访' }).waitFor()
  await settled(page)
  await page.locator('main').focus()
  const answered = new Set<string>()
  for (let i = 0; i < 300; ++i) {
    await page.keyboard.press('Tab')
    const { type, name, text, required } = await at(page)
    if (type === 'radio' && required && !answered.has(name)) {
      await page.keyboard.press('Space')
      answered.add(name)
    }
    if (type === 'select-one' && text.includes('请选择探访人')) await page.keyboard.press('ArrowDown')
    if (type === 'textarea') await page.keyboard.type('一切都好')
    if (type === 'submit' && text === '保存') break
  }
  assert.ok(answered.size > 3, String(answered.size))
  await page.keyboard.press('Enter')
  await page.getByText('探访记录已保存').waitFor()
  await page.getByRole('heading', { level: 1, name: '探访记录' }).waitFor()
})
