// Pictures of the field application's screens in normal and big letters, into /screenshots of the repository (not kept).
//   npm run field-screenshots [-- PART-OF-A-NAME]
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import type { View } from '../field/src/core/core.ts'
import { account, canvass, county, held, mendedDraft, village } from './field/data.ts'
import { lastAnswers, visitForms } from './field/forms.ts'
import { openScreens } from './field/screens.ts'
import { openHouse } from './house.ts'

const folder = fileURLToPath(new URL('../../screenshots/', import.meta.url))
mkdirSync(folder, { recursive: true })
const house = await openHouse()
const forms = await visitForms(await house.enter('quxian', '/schemes'))
await house.close()
const luzhou = forms[4]!
const people = village(luzhou, lastAnswers(luzhou.definition))
const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).first().click()

const screens: [name: string, path: string, view?: Partial<View>, then?: (page: Page) => Promise<unknown>][] = [
  ['welcome', '/', { state: 'new' }],
  ['join', '/join/abc', { state: 'new', missing: ['offline'], account: people.account }],
  ['unlock', '/', { ...people, state: 'locked' }],
  ['locked-unsent', '/', { ...people, state: 'locked', counts: { unsent: 2, refused: 1, set_aside: 0 } }],
  ['locked-held', '/', { ...people, state: 'locked', ...held }],
  ['revoked', '/', { ...people, state: 'revoked' }],
  ['today', '/', people],
  ['today-empty', '/', { ...people, people: [], outbox: [] }],
  ['today-full', '/', { ...people, storage: 'full', update_ready: true, clock_off: 90_000, left_out: 12 }],
  ['people', '/people', people],
  ['person', '/person/p0', people],
  ['change', '/person/p0/change', people],
  ['change-hospital', '/person/p0/change/hospital', people],
  ['change-facts', '/person/p0/change/facts', people],
  ['change-contact', '/person/p0/change/contact', people],
  ['change-phone', '/person/p0/change/phone', people],
  ['change-deceased', '/person/p0/change/deceased', people],
  ['person-gone', '/person/nobody', people],
  ['record', '/record/p0', people],
  ['record-as-before', '/record/p0', people, press('一切照旧')],
  ['record-sign', '/record/p0', people, press('请老人签名')],
  ['record-faults', '/record/p0', village(luzhou, undefined), press('保存')],
  ['record-mended', '/record/p0', { ...people, ...mendedDraft(luzhou, lastAnswers(luzhou.definition)) }],
  ['missed', '/missed/p0', people],
  ['outbox', '/outbox', people],
  ['emergency', '/emergency/p0', people],
  ['emergency-nobody', '/emergency', people],
  ['canvass', '/canvass', canvass()],
  ['canvass-group', '/canvass?group=一组', canvass()],
  ['canvass-door', '/canvass?group=一组&door=h0', canvass()],
  ['canvass-new-door', '/canvass?group=一组', canvass(), press('+ 加一户')],
  ['new-person', '/new-person', people],
  ['new-person-born', '/new-person', people, (page) => page.getByLabel('出生日期').fill('19420315')],
  [
    'new-person-county',
    '/new-person',
    { ...people, ...county, account: { ...account, area: '510521', area_name: '泸县' } },
  ],
  ['settings', '/settings', people],
  ['help', '/help', people],
]
const wanted = process.argv[2] ?? ''
const phone = await openScreens()
for (const large of [false, true]) {
  for (const [name, path, view, then] of screens.filter(([each]) => each.includes(wanted))) {
    const page = await phone.open(path, view, { large })
    await then?.(page)
    await page.waitForTimeout(150)
    const file = `${folder}field-${name}-${large ? 'large' : 'normal'}`
    await page.screenshot({ path: `${file}.png` })
    const more = await page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('main, .task > .page')].map((each) => each.scrollHeight - each.clientHeight),
      ),
    )
    if (more > 0) {
      await page.setViewportSize({ width: 360, height: 760 + more })
      await page.screenshot({ path: `${file}-whole.png` })
    }
    await page.context().close()
  }
}
await phone.close()
console.log(`${screens.length} screens of the phone are in ${folder}`)
