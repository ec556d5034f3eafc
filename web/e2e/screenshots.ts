// Pictures of every screen at both sizes, into /screenshots of the repository (not kept in it).
//   npm run screenshots [-- PART-OF-A-NAME]
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { openHouse, settled, town, village, type Login } from './house.ts'

const folder = fileURLToPath(new URL('../../screenshots/', import.meta.url))
mkdirSync(folder, { recursive: true })

interface Screen {
  name: string
  login: Login | null
  path: string
  then?: (page: Page) => Promise<unknown>
}
const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first().click()
const firstPerson = async (page: Page) => {
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { name: '认定结果与依据' }).waitFor()
}

const screens: Screen[] = [
  { name: 'sign-in', login: null, path: '/' },
  { name: 'today-county', login: 'quxian', path: '/' },
  { name: 'today-town', login: 'zhenjie', path: '/' },
  { name: 'today-village', login: 'cunju', path: '/' },
  { name: 'today-auditor', login: 'shenji', path: '/' },
  { name: 'me', login: 'quxian', path: '/me' },
  { name: 'people', login: 'quxian', path: `/people?area=${town}` },
  { name: 'people-overdue', login: 'quxian', path: '/people?state=overdue' },
  { name: 'person', login: 'quxian', path: '/people?state=overdue', then: firstPerson },
  {
    name: 'person-facts',
    login: 'quxian',
    path: '/people?state=overdue',
    then: async (page) => (await firstPerson(page), await press('登记信息')(page)),
  },
  { name: 'person-new', login: 'cunju', path: '/people/new' },
  { name: 'work-transfers', login: 'zhenjie', path: '/work/transfers' },
]

const wanted = process.argv[2] ?? ''
const sizes = [
  [1280, 720],
  [1920, 1080],
] as const
const data = process.env.TANFANG_DEMO ? { folder: process.env.TANFANG_DEMO } : {}
for (const [width, height] of sizes) {
  const house = await openHouse({ width, height, ...data })
  for (const screen of screens.filter((each) => each.name.includes(wanted))) {
    const page = await house.enter(screen.login, screen.path)
    await settled(page)
    await screen.then?.(page)
    await settled(page)
    await page.screenshot({ path: `${folder}${screen.name}-${width}x${height}.png`, fullPage: true })
    await page.context().close()
  }
  await house.close()
}
console.log(`${screens.length} screens of ${village} and above are in ${folder}`)
