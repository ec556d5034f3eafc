// The pictures of the manual, from the demonstration data, into desk/public/help. They are kept in the tree because the
// pages are built where there is no browser and no server; as WebP at 960 pixels they are some 20 KB each.
//   npm run help-pictures [-- PART-OF-A-NAME]
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { addCanvass, addVisitors, call, county, openHouse, settled, town, type Login } from './house.ts'

const folder = fileURLToPath(new URL('../desk/public/help/', import.meta.url))
mkdirSync(folder, { recursive: true })

const firstLink = (page: Page) => page.getByRole('table').getByRole('link').first().click()
const openPerson = async (page: Page) => {
  await firstLink(page)
  await page.getByRole('heading', { name: '认定结果与依据' }).waitFor()
}
const record = async (page: Page) => {
  await openPerson(page)
  await page.getByRole('link', { name: '补录探访' }).click()
  await page.getByRole('heading', { name: '健康状况' }).waitFor()
}

const propose = async (page: Page) => {
  await page.getByRole('button', { name: '提出分派建议' }).click()
  await page.getByRole('heading', { name: '按村（社区）的改动' }).waitFor()
}
const importLedger = async (page: Page) => {
  await page.getByLabel('台账文件').setInputFiles(`${house.folder}/ledger.xlsx`)
  await page.getByRole('button', { name: '试运行' }).click()
  await page.getByRole('button', { name: /^导入 \d+ 行/ }).click()
  await page.getByRole('heading', { name: '导入完成' }).waitFor()
  await page.getByRole('link', { name: '导入历史' }).click()
  await page
    .getByRole('row', { name: /ledger/ })
    .first()
    .waitFor()
}

/** Something like the county's towns: fields of a crooked grid, in the order of their codes. */
async function addShapes(page: Page): Promise<void> {
  const { below } = (await call(page, 'GET', `/areas/${county}`)) as { below: { name: string }[] }
  const corner = (x: number, y: number) => {
    const shift = (a: number, b: number) => (((a * 7 + b * 13) % 5) - 2) * 0.012
    return [105.2 + x * 0.1 + shift(x, y), 29.4 - y * 0.08 + shift(y, x)]
  }
  const features = below.map(({ name }, i) => {
    const [x, y] = [i % 5, Math.floor(i / 5)]
    const ring = [corner(x, y), corner(x, y + 1), corner(x + 1, y + 1), corner(x + 1, y), corner(x, y)]
    return { type: 'Feature', properties: { name }, geometry: { type: 'Polygon', coordinates: [ring] } }
  })
  await call(page, 'PUT', `/areas/${county}/shapes?level=town&property=name`, { type: 'FeatureCollection', features })
}

const screens: [name: string, login: Login, path: string, then?: (page: Page) => Promise<unknown>][] = [
  ['today-county', 'quxian', '/'],
  ['today-town', 'zhenjie', '/'],
  ['people', 'quxian', `/people?area=${town}`],
  ['person', 'quxian', '/people?state=owed', openPerson],
  ['canvass', 'cunju', '/canvass'],
  ['today-map', 'quxian', '/'],
  ['visits', 'quxian', `/visits?area=${town}`],
  ['visit-record', 'zhenjie', '/people?state=owed', record],
  ['plan', 'zhenjie', '/plan'],
  ['plan-proposal', 'quxian', '/plan/assignment', propose],
  ['import', 'quxian', '/import'],
  ['import-history', 'quxian', '/import', importLedger],
  ['scheme', 'quxian', '/schemes/luzhou-2023'],
  ['accounts', 'quxian', '/accounts'],
  ['audit', 'shenji', '/audit'],
  ['work-verification', 'zhenjie', '/work/verification'],
  ['me', 'quxian', '/me'],
]

/** People are called by names, not by the logins of the tests. */
const rename = (page: Page) =>
  page.evaluate(() => {
    const names: Record<string, string> = { quxian: '周雅文', zhenjie: '何建国', cunju: '李秀兰', shenji: '吴志明' }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const better = (text: string) =>
      text.replace(/([a-z]+)的姓名/g, (_whole, login: string) => names[login] ?? '陈晓燕')
    for (const input of document.querySelectorAll('input')) input.value = better(input.value)
    while (texts.nextNode()) {
      const text = texts.currentNode as Text
      text.data = better(text.data)
    }
  })

/** A picture of the screen as WebP, three quarters the size. */
async function webp(page: Page, picture: Buffer): Promise<Buffer> {
  const address = await page.evaluate(
    async (source) => {
      const bitmap = await createImageBitmap(await (await fetch(source)).blob())
      const canvas = document.createElement('canvas')
      canvas.width = 960
      canvas.height = 540
      const context = canvas.getContext('2d') as CanvasRenderingContext2D
      context.imageSmoothingQuality = 'high'
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
      return canvas.toDataURL('image/webp', 0.8)
    },
    `data:image/png;base64,${picture.toString('base64')}`,
  )
  return Buffer.from(String(address.split(',')[1]), 'base64')
}

const wanted = process.argv[2] ?? ''
const house = await openHouse()
await addCanvass(await house.enter('quxian', '/canvass'))
await addVisitors(await house.enter('quxian', '/plan/visitors'))
const workshop = await house.browser.newPage()
for (const [name, login, path, then] of screens.filter(([name]) => name.includes(wanted))) {
  if (name === 'today-map') await addShapes(await house.enter('quxian'))
  const page = await house.enter(login, path)
  await settled(page)
  await then?.(page)
  await settled(page)
  await rename(page)
  const picture = await webp(workshop, await page.screenshot())
  writeFileSync(`${folder}${name}.webp`, picture)
  console.log(`${name}.webp ${Math.round(picture.length / 1024)} KB`)
  await page.context().close()
}
await house.close()
