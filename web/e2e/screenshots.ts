// Pictures of every screen at both sizes, in both languages and in large letters, and of what is printed as PDF, into
// /screenshots of the repository (not kept in it).
//   npm run screenshots [-- PART-OF-A-NAME [MANNER]]
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import en from '../desk/src/words/en.json' with { type: 'json' }
import zh from '../desk/src/words/zh.json' with { type: 'json' }
import { addCanvass, addVisitors, openHouse, settled, town, type House, type Login } from './house.ts'

const folder = fileURLToPath(new URL('../../screenshots/', import.meta.url))
mkdirSync(folder, { recursive: true })

const data = process.env.TANFANG_BROWSER_DATA ?? fileURLToPath(new URL('../../build/browser-data', import.meta.url))

interface Manner {
  name: string
  width: number
  height: number
  language: 'zh' | 'en'
  text: 'normal' | 'large'
}
const manners: Manner[] = [
  { name: 'zh-1280x720', width: 1280, height: 720, language: 'zh', text: 'normal' },
  { name: 'zh-1920x1080', width: 1920, height: 1080, language: 'zh', text: 'normal' },
  { name: 'en-1280x720', width: 1280, height: 720, language: 'en', text: 'normal' },
  { name: 'large-1280x720', width: 1280, height: 720, language: 'zh', text: 'large' },
]
let manner = manners[0] as Manner

/** A word of the desk, `group.name`, in the language of the picture. */
function word(key: string): string {
  const [group = '', name = ''] = key.split('.')
  const words = (manner.language === 'zh' ? zh : en) as unknown as Record<string, Record<string, string>>
  return words[group]?.[name] ?? key
}

type Step = (page: Page) => Promise<unknown>
interface Screen {
  name: string
  login: Login | null
  path: string
  then?: Step
  /** Also as it is printed. */
  print?: boolean
}
const press =
  (key: string): Step =>
  (page) =>
    page
      .getByRole('button', { name: word(key), exact: true })
      .first()
      .click()
const follow =
  (key: string): Step =>
  (page) =>
    page
      .getByRole('link', { name: word(key), exact: true })
      .first()
      .click()
const steps =
  (...all: Step[]): Step =>
  async (page) => {
    for (const step of all) {
      await step(page)
      await settled(page)
    }
  }
const heading =
  (key: string): Step =>
  (page) =>
    page
      .getByRole('heading', { name: word(key) })
      .first()
      .waitFor()
const firstLink: Step = (page) => page.getByRole('table').getByRole('link').first().click()
const person = steps(firstLink, heading('reasons.title'))
const visit = steps(firstLink, heading('visit.allFindings'))

const tryLedger: Step = async (page) => {
  await page.getByLabel(word('import.file')).setInputFiles(`${data}/ledger.xlsx`)
  await press('import.try')(page)
  await heading('import.tried')(page)
}
const importLedger: Step = async (page) => {
  await tryLedger(page)
  await page.locator('main .el-button--primary').last().click()
  await heading('import.taken')(page)
  await follow('importPart.history')(page)
  await page
    .getByRole('row', { name: /ledger/ })
    .first()
    .waitFor()
}
const choosePeople: Step = (page) => page.getByRole('table').locator('tbody').getByRole('checkbox').first().check()
const chooseReport =
  (kind: string): Step =>
  (page) =>
    page.getByLabel(word('reports.kind'), { exact: true }).selectOption(kind)
const pressDoor: Step = async (page) => {
  await page.getByRole('button', { name: '2号', exact: true }).first().click()
  await page.keyboard.press('2')
}
const pasteDoors: Step = (page) => page.getByLabel(word('canvass.lines')).fill('三组,1号\n三组,2号\n三组,\n李家院子')
const pressDay: Step = (page) => page.locator('td button:has(.tag)').first().click()
const begin: Step = async (page) => {
  await press('draft.begin')(page)
  await page.locator('#begin select').selectOption('luzhou-2023')
  await page.getByRole('dialog').locator('.el-button--primary').click()
  await page.locator('textarea').first().waitFor()
}
const simulate = steps(begin, follow('draftPart.simulation'), press('simulation.ask'), heading('simulation.who'))
const suspend: Step = async (page) => {
  await person(page)
  await press('person.changeStatus')(page)
  await page.getByRole('dialog').locator('input[type="date"]').last().fill('2099-01-31')
  await page.getByRole('dialog').locator('.el-input__inner').last().fill('住院治疗')
  await page.getByRole('dialog').locator('.el-button--primary').click()
  await page.locator('.tag.suspended').first().waitFor()
  await page.goto(page.url().replace(/people\/.*/, 'plan/suspensions'))
}

const near = `area=${town}`
const screens: Screen[] = [
  { name: 'sign-in', login: null, path: '/' },
  { name: 'invitation', login: null, path: '/invitation#none' },
  { name: 'enrol', login: 'shengji', path: '/' },
  { name: 'today-county', login: 'quxian', path: '/', print: true },
  { name: 'today-town', login: 'zhenjie', path: '/' },
  { name: 'today-village', login: 'cunju', path: '/' },
  { name: 'today-city', login: 'dishi', path: '/' },
  { name: 'today-visitor', login: 'fangwen', path: '/' },
  { name: 'today-auditor', login: 'shenji', path: '/' },
  { name: 'shapes', login: 'quxian', path: '/areas/shapes' },
  { name: 'missing', login: 'quxian', path: '/nowhere' },
  { name: 'me', login: 'quxian', path: '/me' },
  { name: 'people', login: 'quxian', path: `/people?${near}`, print: true },
  { name: 'people-overdue', login: 'quxian', path: '/people?state=overdue' },
  {
    name: 'people-none',
    login: 'quxian',
    path: '/people?state=overdue&tier=general&category=empty_nest&ability=severe',
  },
  { name: 'people-chosen', login: 'zhenjie', path: '/people?tier=general', then: choosePeople },
  { name: 'people-assign', login: 'zhenjie', path: '/people', then: steps(choosePeople, press('bulk.assign')) },
  { name: 'person', login: 'quxian', path: '/people?state=overdue', then: person, print: true },
  { name: 'person-met', login: 'zhenjie', path: '/people?state=met', then: person, print: true },
  { name: 'person-facts', login: 'quxian', path: '/people', then: steps(person, press('facts.state')) },
  { name: 'person-status', login: 'quxian', path: '/people', then: steps(person, press('person.changeStatus')) },
  { name: 'person-reveal', login: 'quxian', path: '/people', then: steps(person, press('person.reveal')) },
  { name: 'person-new', login: 'cunju', path: '/people/new' },
  { name: 'work-verification', login: 'zhenjie', path: '/work/verification', print: true },
  { name: 'work-proposals', login: 'zhenjie', path: '/work/proposals' },
  { name: 'work-emergencies', login: 'zhenjie', path: '/work/emergencies' },
  { name: 'work-set-aside', login: 'zhenjie', path: '/work/set-aside' },
  { name: 'work-refresh', login: 'zhenjie', path: '/work/refresh', print: true },
  { name: 'work-differences', login: 'zhenjie', path: '/work/differences', print: true },
  { name: 'work-transfers', login: 'quxian', path: '/work/transfers', print: true },
  { name: 'work-corrections', login: 'quxian', path: '/work/corrections', print: true },
  { name: 'canvass-county', login: 'quxian', path: '/canvass', print: true },
  { name: 'canvass-town', login: 'quxian', path: `/canvass?${near}`, print: true },
  { name: 'canvass-village', login: 'cunju', path: '/canvass', then: pressDoor, print: true },
  { name: 'canvass-list', login: 'cunju', path: '/canvass', then: steps(press('canvass.listDoors'), pasteDoors) },
  { name: 'canvass-end', login: 'quxian', path: '/canvass', then: press('canvass.end') },
  { name: 'visits', login: 'quxian', path: `/visits?${near}`, print: true },
  { name: 'visits-attempts', login: 'quxian', path: '/visits/attempts', print: true },
  { name: 'visits-archives', login: 'zhenjie', path: '/visits/archives', print: true },
  {
    name: 'visits-entry',
    login: 'zhenjie',
    path: '/visits/entry',
    then: async (page) => {
      await page.getByLabel(word('scan.whose')).fill('王')
      await page.keyboard.press('Enter')
      await page.getByRole('radio').first().waitFor()
    },
  },
  { name: 'visits-corrections', login: 'quxian', path: '/visits/corrections', print: true },
  { name: 'visit', login: 'quxian', path: '/visits', then: visit, print: true },
  { name: 'visit-record', login: 'zhenjie', path: '/people?state=owed', then: steps(person, follow('visit.record')) },
  { name: 'visit-correct', login: 'quxian', path: '/visits', then: steps(visit, follow('visit.correct')) },
  { name: 'plan', login: 'zhenjie', path: '/plan', print: true },
  { name: 'plan-not-open', login: 'quxian', path: '/plan?month=2024-01' },
  { name: 'plan-rounds', login: 'zhenjie', path: '/plan/rounds', print: true },
  { name: 'plan-round', login: 'zhenjie', path: '/plan/rounds', then: press('round.new') },
  { name: 'plan-declarations', login: 'quxian', path: '/plan/declarations', print: true },
  { name: 'plan-declaration', login: 'quxian', path: '/plan/declarations', then: press('declaration.new') },
  { name: 'plan-calendar', login: 'zhenjie', path: '/plan/calendar', then: pressDay, print: true },
  { name: 'plan-calendar-county', login: 'quxian', path: '/plan/calendar', print: true },
  { name: 'plan-by-visitor', login: 'zhenjie', path: '/plan/by-visitor', then: press('monthly.openAll'), print: true },
  { name: 'plan-suspensions', login: 'cunju', path: '/people', then: suspend, print: true },
  { name: 'plan-visitors', login: 'quxian', path: `/plan/visitors?${near}`, print: true },
  { name: 'plan-visitor-edit', login: 'quxian', path: `/plan/visitors?${near}`, then: press('visitor.new') },
  { name: 'plan-assignment', login: 'quxian', path: `/plan/assignment?${near}`, print: true },
  { name: 'plan-assignment-county', login: 'quxian', path: '/plan/assignment' },
  { name: 'plan-proposal', login: 'quxian', path: '/plan/assignment', then: press('assignment.propose'), print: true },
  { name: 'plan-festivals', login: 'quxian', path: '/plan/festivals', print: true },
  { name: 'import', login: 'quxian', path: '/import' },
  { name: 'import-tried', login: 'quxian', path: '/import', then: tryLedger, print: true },
  { name: 'import-history', login: 'quxian', path: '/import', then: importLedger, print: true },
  { name: 'reports', login: 'quxian', path: '/reports', print: true },
  { name: 'reports-glance', login: 'quxian', path: '/reports', then: chooseReport('glance'), print: true },
  { name: 'reports-town', login: 'zhenjie', path: '/reports', then: chooseReport('quarterly') },
  { name: 'export', login: 'quxian', path: '/export' },
  { name: 'me-factor', login: 'quxian', path: '/me', then: press('me.enrol') },
  { name: 'schemes', login: 'quxian', path: '/schemes', print: true },
  { name: 'scheme', login: 'quxian', path: '/schemes/luzhou-2023', print: true },
  { name: 'scheme-yicheng', login: 'quxian', path: '/schemes/yicheng-2023' },
  { name: 'drafts', login: 'quxian', path: '/schemes/drafts' },
  { name: 'draft', login: 'quxian', path: '/schemes/drafts', then: begin },
  { name: 'draft-new-file', login: 'quxian', path: '/schemes/drafts', then: steps(begin, press('draft.newFile')) },
  { name: 'draft-simulation', login: 'quxian', path: '/schemes/drafts', then: simulate, print: true },
  {
    name: 'draft-publication',
    login: 'quxian',
    path: '/schemes/drafts',
    then: steps(begin, follow('draftPart.publication')),
  },
  { name: 'accounts', login: 'quxian', path: '/accounts', print: true },
  { name: 'accounts-invite', login: 'quxian', path: '/accounts', then: press('account.invite') },
  { name: 'account', login: 'zhenjie', path: '/accounts?role=visitor', then: firstLink, print: true },
  { name: 'audit', login: 'shenji', path: '/audit', print: true },
  { name: 'help', login: 'quxian', path: '/help' },
  { name: 'help-plan', login: 'zhenjie', path: '/help/plan', print: true },
]

async function picture(house: House, screen: Screen): Promise<void> {
  const page = await house.enter(screen.login, screen.path)
  await settled(page)
  await screen.then?.(page)
  await settled(page)
  await page.screenshot({ path: `${folder}${screen.name}-${manner.name}.png`, fullPage: true })
  if (screen.print && manner.text === 'normal' && manner.width === 1280)
    await page.pdf({ path: `${folder}${screen.name}-${manner.language}.pdf`, format: 'A4' })
  await page.context().close()
}

const [wanted = '', only = ''] = process.argv.slice(2)
const missed: string[] = []
for (manner of manners.filter(({ name }) => name.includes(only))) {
  const kept = { 'tanfang.desk.language': manner.language, 'tanfang.desk.text': manner.text }
  const house = await openHouse({ width: manner.width, height: manner.height, kept })
  await addVisitors(await house.enter('quxian', '/plan/visitors'))
  await addCanvass(await house.enter('quxian', '/canvass'))
  for (const screen of screens.filter((each) => each.name.includes(wanted)))
    await picture(house, screen).catch((error: Error) => missed.push(`${screen.name} ${manner.name}: ${error.message}`))
  await house.close()
}
if (missed.length > 0) throw new Error(missed.join('\n'))
console.log(`${screens.length} screens are in ${folder}`)
