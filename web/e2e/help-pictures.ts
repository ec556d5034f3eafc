// The pictures of the manual, from the demonstration data, into desk/public/help. They are kept in the tree because the
// pages are built where there is no browser and no server; as WebP at 960 pixels they are some 20 KB each.
//   npm run help-pictures [-- PART-OF-A-NAME]
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { addCanvass, openHouse, settled, town, type Login } from './house.ts'

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

const screens: [name: string, login: Login, path: string, then?: (page: Page) => Promise<unknown>][] = [
  ['today-county', 'quxian', '/'],
  ['today-town', 'zhenjie', '/'],
  ['people', 'quxian', `/people?area=${town}`],
  ['person', 'quxian', '/people?state=owed', openPerson],
  ['canvass', 'cunju', '/canvass'],
  ['visits', 'quxian', `/visits?area=${town}`],
  ['visit-record', 'zhenjie', '/people?state=owed', record],
  ['plan', 'zhenjie', '/plan'],
  ['import', 'quxian', '/import'],
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
    while (texts.nextNode()) {
      const text = texts.currentNode as Text
      text.data = text.data.replace(/([a-z]+)的姓名/g, (_whole, login: string) => names[login] ?? '陈晓燕')
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
const workshop = await house.browser.newPage()
for (const [name, login, path, then] of screens.filter(([name]) => name.includes(wanted))) {
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
