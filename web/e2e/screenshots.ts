// Pictures of every screen at both sizes, into /screenshots of the repository (not kept in it).
//   npm run screenshots [-- PART-OF-A-NAME]
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { addCanvass, addVisitors, openHouse, settled, town, village, type Login } from './house.ts'

const folder = fileURLToPath(new URL('../../screenshots/', import.meta.url))
mkdirSync(folder, { recursive: true })

const data = process.env.TANFANG_BROWSER_DATA ?? fileURLToPath(new URL('../../build/browser-data', import.meta.url))

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

const firstVisit = async (page: Page) => {
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { name: '探访所见' }).waitFor()
}
const recordVisit = async (page: Page) => {
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('link', { name: '补录探访' }).click()
  await page.getByRole('heading', { name: '健康状况' }).waitFor()
}
const tryLedger = async (page: Page) => {
  await page.getByLabel('台账文件').setInputFiles(`${data}/ledger.xlsx`)
  await press('试运行（不写入）')(page)
  await page.getByRole('heading', { name: '试运行结果' }).waitFor()
}

const choosePeople = async (page: Page) => {
  await page.getByRole('table').locator('tbody').getByRole('checkbox').first().check()
  await press('分配探访人员')(page)
}
const pressDoor = async (page: Page) => {
  await page.getByRole('button', { name: '2号', exact: true }).first().click()
  await page.getByRole('button', { name: /已登记$/ }).click()
  await page.getByText('刚才：').waitFor()
}
const pasteDoors = async (page: Page) => {
  await press('列出住户')(page)
  await page.getByLabel('住户，每行一户').fill('三组,1号\n三组,2号\n三组,\n李家院子')
}
const pressDay = (page: Page) =>
  page
    .getByRole('button', { name: /(到期|完成) [1-9]/ })
    .first()
    .click()

const importLedger = async (page: Page) => {
  await tryLedger(page)
  await page.getByRole('button', { name: /^导入 \d+ 行$/ }).click()
  await page.getByRole('heading', { name: '导入完成' }).waitFor()
  await page.getByRole('link', { name: '导入历史' }).click()
  await page
    .getByRole('row', { name: /ledger/ })
    .first()
    .waitFor()
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
  { name: 'people-chosen', login: 'zhenjie', path: '/people?tier=general', then: choosePeople },
  { name: 'person', login: 'quxian', path: '/people?state=overdue', then: firstPerson },
  {
    name: 'person-facts',
    login: 'quxian',
    path: '/people?state=overdue',
    then: async (page) => (await firstPerson(page), await press('登记信息')(page)),
  },
  { name: 'person-new', login: 'cunju', path: '/people/new' },
  { name: 'work-verification', login: 'zhenjie', path: '/work/verification' },
  { name: 'canvass-county', login: 'quxian', path: '/canvass' },
  { name: 'canvass-town', login: 'quxian', path: `/canvass?area=${town}` },
  { name: 'canvass-village', login: 'cunju', path: '/canvass', then: pressDoor },
  { name: 'canvass-list', login: 'cunju', path: '/canvass', then: pasteDoors },
  { name: 'canvass-end', login: 'quxian', path: '/canvass', then: press('结束摸底排查') },
  { name: 'visits', login: 'quxian', path: `/visits?area=${town}` },
  { name: 'visit', login: 'quxian', path: '/visits', then: firstVisit },
  { name: 'visit-record', login: 'zhenjie', path: '/people?state=owed', then: recordVisit },
  { name: 'plan', login: 'zhenjie', path: '/plan' },
  { name: 'plan-round', login: 'zhenjie', path: '/plan/rounds', then: press('新建专项探访') },
  { name: 'plan-calendar', login: 'zhenjie', path: '/plan/calendar', then: pressDay },
  { name: 'plan-by-visitor', login: 'zhenjie', path: '/plan/by-visitor', then: press('全部展开') },
  { name: 'plan-suspensions', login: 'quxian', path: '/plan/suspensions' },
  { name: 'plan-visitors', login: 'quxian', path: `/plan/visitors?area=${town}` },
  { name: 'plan-visitor-edit', login: 'quxian', path: `/plan/visitors?area=${town}`, then: press('登记探访人员') },
  { name: 'plan-assignment', login: 'quxian', path: `/plan/assignment?area=${town}` },
  { name: 'plan-proposal', login: 'quxian', path: '/plan/assignment', then: press('提出分派建议') },
  { name: 'plan-festivals', login: 'quxian', path: '/plan/festivals' },
  { name: 'import', login: 'quxian', path: '/import' },
  { name: 'import-tried', login: 'quxian', path: '/import', then: tryLedger },
  { name: 'import-history', login: 'quxian', path: '/import', then: importLedger },
  { name: 'schemes', login: 'quxian', path: '/schemes' },
  { name: 'scheme', login: 'quxian', path: '/schemes/luzhou-2023' },
  { name: 'accounts', login: 'quxian', path: '/accounts' },
  { name: 'accounts-invite', login: 'quxian', path: '/accounts', then: press('开户并邀请') },
  { name: 'audit', login: 'shenji', path: '/audit' },
  { name: 'english', login: 'quxian', path: '/', then: press('English') },
  { name: 'large', login: 'zhenjie', path: '/', then: press('大字') },
]

const wanted = process.argv[2] ?? ''
const sizes = [
  [1280, 720],
  [1920, 1080],
] as const
for (const [width, height] of sizes) {
  const house = await openHouse({ width, height })
  await addVisitors(await house.enter('quxian', '/plan/visitors'))
  await addCanvass(await house.enter('quxian', '/canvass'))
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
