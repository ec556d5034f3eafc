// Every screen of the field application on a phone of 360 x 760: sound for axe, within the width, big enough to press and
// to read.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import type { View } from '../field/src/core/core.ts'
import type { BundleForm } from '../field/src/core/types.ts'
import { account, canvass, county, held, mendedDraft, village } from './field/data.ts'
import { lastAnswers, visitForms } from './field/forms.ts'
import { openScreens, type Screens } from './field/screens.ts'
import { assertSound, openHouse } from './house.ts'

let phone: Screens
let people: Partial<View>

before(async () => {
  const house = await openHouse()
  const forms = await visitForms(await house.enter('quxian', '/schemes'))
  await house.close()
  const luzhou = forms[4] as BundleForm
  people = village(luzhou, lastAnswers(luzhou.definition))
  screens.push(['/record/p0', mendedDraft(luzhou, lastAnswers(luzhou.definition))])
  phone = await openScreens()
})
after(() => phone.close())

const screens: [path: string, view?: Partial<View>][] = [
  ['/', { state: 'new' }],
  ['/join/abc', { state: 'new', missing: ['offline'] }],
  ['/', { state: 'locked' }],
  ['/', { state: 'locked', ...held }],
  ['/', { state: 'revoked' }],
  ['/'],
  ['/people'],
  ['/person/p0'],
  ['/person/nobody'],
  ['/person/p0/change'],
  ['/person/p0/change/phone'],
  ['/person/p0/change/hospital'],
  ['/person/p0/change/facts'],
  ['/person/p0/change/contact'],
  ['/record/p0'],
  ['/missed/p0'],
  ['/outbox'],
  ['/emergency'],
  ['/emergency/p0'],
  ['/canvass', canvass()],
  ['/canvass?group=一组&door=h0', canvass()],
  ['/new-person'],
  ['/new-person', { ...county, account: { ...account, area: '510521', area_name: '泸县' } }],
  ['/settings'],
  ['/help'],
]

/**
 * Nothing is wider than the phone, whatever is pressed is big enough for a thumb, and what is written can be spoken: a field
 * that says of itself that it is not to be completed gets no suggestions from Android's keyboards, Chinese ones no words;
 * that nothing of it is kept in the open is for its form to say.
 */
async function assertFits(page: Page): Promise<void> {
  const found = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    small: [
      ...document.querySelectorAll(
        'a, button, input:not([type=radio], [type=checkbox], .hidden), textarea, .choice, summary',
      ),
    ]
      .map((each) => [each.getBoundingClientRect(), each.outerHTML.slice(0, 80)] as const)
      .filter(([{ height, width }]) => width > 0 && height < 55.5)
      .map(([, html]) => html),
    fine: [...document.querySelectorAll('body *')]
      .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim()))
      .filter((each) => each.getClientRects().length > 0 && parseFloat(getComputedStyle(each).fontSize) < 20)
      .map((each) => each.outerHTML.slice(0, 80)),
    mute: [...document.querySelectorAll<HTMLInputElement>('textarea, input[type=text], input[type=search]')]
      .filter(
        ({ inputMode, readOnly, attributes }) =>
          attributes.getNamedItem('autocomplete') || !['', 'numeric'].includes(inputMode) || readOnly,
      )
      .map((each) => each.outerHTML.slice(0, 80)),
    kept: [...document.querySelectorAll('input:not([type=radio], [type=checkbox], [type=file]), textarea')]
      .filter((each) => each.closest('form')?.getAttribute('autocomplete') !== 'off')
      .map((each) => each.outerHTML.slice(0, 80)),
  }))
  assert.ok(found.width <= 360, `${page.url()} is ${found.width} wide`)
  assert.deepEqual(found.small, [], page.url())
  assert.deepEqual(found.fine, [], page.url())
  assert.deepEqual(found.mute, [], page.url())
  assert.deepEqual(found.kept, [], page.url())
}

for (const look of [{}, { large: true }, { english: true, large: true, contrast: true }])
  test(`every screen is sound and fits, ${JSON.stringify(look)}`, async () => {
    const page = await phone.open('/', {}, look)
    for (const [path, view] of screens) {
      await phone.show(page, path, { ...people, ...view })
      await assertFits(page)
      await assertSound(page)
      assert.equal(await page.getByRole('link', { name: /^(紧急|SOS)$/ }).count(), 1, path)
    }
    await page.context().close()
  })

/** Scrolled to, it is seen from its upper to its lower edge, and pressed. */
async function assertInReach(what: Locator): Promise<void> {
  await what.click({ trial: true })
  const seen = await what.evaluate((element) => {
    element.scrollIntoView({ block: 'center' })
    const { left, width, top, bottom } = element.getBoundingClientRect()
    return [top + 4, bottom - 4].map((y) => element.contains(document.elementFromPoint(left + width / 2, y)))
  })
  assert.deepEqual(seen, [true, true], await what.innerText())
}

test('beside a held emergency there is room for a call and a record, on a low phone in big letters', async () => {
  const context = { viewport: { width: 360, height: 580 } }
  const page = await phone.open('/', {}, { large: true, context })
  await phone.show(page, '/emergency/p0', { ...people, state: 'locked', outbox: [], ...held })
  await page.getByText('紧急报告没写完').waitFor()
  await page.getByText('1 条未发').waitFor()
  await page.locator('.held').getByText('不要了').click()
  await page.locator('.held').getByText('删掉以后找不回来').waitFor()
  await assertInReach(page.getByRole('link', { name: '120' }))
  await assertInReach(page.getByRole('button', { name: '发出报告' }))
  await phone.show(page, '/record/p0', { ...people, ...held })
  await page.locator('.held').getByText('不要了').click()
  await assertInReach(page.getByRole('button', { name: '保存', exact: true }))
  await assertInReach(page.getByRole('button', { name: '一切照旧' }))
  await page.context().close()
})
