// Every page on a small and on a large screen, in English and in large letters: nothing is cut off or pushed out of sight.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addCanvass, addVisitors, openHouse, settled, town, type House } from './house.ts'

let house: House
before(async () => {
  house = await openHouse()
  await addVisitors(await house.enter('quxian', '/plan/visitors'))
  await addCanvass(await house.enter('quxian', '/canvass'))
})
after(() => house.close())

const pages = [
  '/',
  `/?area=${town}`,
  `/people?area=${town}`,
  '/people/new',
  '/canvass',
  `/canvass?area=${town}`,
  `/visits?area=${town}`,
  '/visits/attempts',
  '/visits/archives',
  '/visits/entry',
  `/scans`,
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
  '/import',
  '/import/history',
  '/reports',
  '/export',
  '/schemes',
  '/schemes/luzhou-2023',
  '/schemes/drafts',
  '/accounts',
  '/areas/shapes',
  '/work/verification',
  '/work/refresh',
  '/work/differences',
  '/work/transfers',
  '/work/corrections',
  '/me',
  '/help',
]

/** What is wider than the window, and words that do not fit into what they stand in. */
function cutOff(): string[] {
  const found: string[] = []
  const root = document.documentElement
  if (root.scrollWidth > innerWidth) found.push(`the page: ${root.scrollWidth}`)
  const pen = document.createElement('canvas').getContext('2d')!
  for (const each of document.querySelectorAll('body *')) {
    if (!(each instanceof HTMLElement) || each.clientWidth < 3) continue
    if (!each.checkVisibility({ visibilityProperty: true })) continue
    const style = getComputedStyle(each)
    const name = `${each.tagName} ${each.className} ${each.innerText.slice(0, 40)}`
    const clips = ['hidden', 'clip'].includes(style.overflowX)
    if (clips && each.innerText.trim() !== '' && each.scrollWidth > each.clientWidth + 1) found.push(name)
    if (each.matches('button') && each.scrollWidth > each.clientWidth + 1) found.push(name)
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    const room = each.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
    // The arrow of a choice takes some of it.
    const words =
      each instanceof HTMLSelectElement
        ? (each.selectedOptions[0]?.text ?? '')
        : ((each as HTMLInputElement).placeholder ?? '')
    const needed = pen.measureText(words).width + (each instanceof HTMLSelectElement ? 16 : 0)
    if (words !== '' && needed > room + 1) found.push(`${each.tagName} ${words}: ${Math.round(needed)} in ${room}`)
  }
  return found
}

const manners = [
  { width: 1280, height: 720, language: 'zh', text: 'normal' },
  { width: 1920, height: 1080, language: 'zh', text: 'normal' },
  { width: 1280, height: 720, language: 'en', text: 'normal' },
  { width: 1280, height: 720, language: 'zh', text: 'large' },
]
for (const { width, height, language, text } of manners) {
  test(`every page at ${width} x ${height}, ${language}, ${text} letters`, async () => {
    const page = await house.enter('quxian', '/me')
    await page.setViewportSize({ width, height })
    await page.evaluate(
      ([language, text]) => {
        localStorage.setItem('tanfang.desk.language', String(language))
        localStorage.setItem('tanfang.desk.text', String(text))
      },
      [language, text],
    )
    const told: string[] = []
    for (const path of pages) {
      await page.goto(`${house.address}/desk${path}`)
      await page.locator('h1').first().waitFor()
      await settled(page)
      told.push(...(await page.evaluate(cutOff)).map((each) => `${path} ${each}`))
    }
    assert.deepEqual(told, [])
    await page.context().close()
  })
}
