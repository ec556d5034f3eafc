// What a clerk, a visitor of a whole county, and a thumb that is too quick do on the screens of the phone.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import type { View } from '../field/src/core/core.ts'
import type { HouseholdResultContent, ProposalContent, VisitContent } from '../field/src/core/types.ts'
import { canvass, county, day, village } from './field/data.ts'
import { lastAnswers, visitForms } from './field/forms.ts'
import { openScreens, type Screens } from './field/screens.ts'
import { openHouse } from './house.ts'
import { takePhoto } from './phone.ts'

let phone: Screens
let people: Partial<View>
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const savedBy = (page: Page) => page.evaluate(() => window.saved)
const visitBy = async (page: Page) => (await savedBy(page))[0]?.content as VisitContent

before(async () => {
  const house = await openHouse()
  const forms = await visitForms(await house.enter('quxian', '/schemes'))
  await house.close()
  const luzhou = forms[4]!
  people = village(luzhou, lastAnswers(luzhou.definition))
  phone = await openScreens()
})
after(() => phone.close())

test('a house of which two results differ says both, and one press decides', async () => {
  const given = canvass()
  const [first] = given.canvass!.households
  const result = { result: 'registered', on: day(-2) } as const
  Object.assign(first!, { result, differs: { result: 'declined', on: day(-1) } })
  const page = await phone.open('/canvass', given)
  await page.getByRole('button', { name: /^一组 0 \/ 6 户，1 户要核实/ }).tap()
  await page.getByRole('heading', { name: /^一组.*1 户要核实/ }).waitFor()
  await page.getByRole('button', { name: /两次不一样/ }).tap()
  await page.getByText('有人记“已登记”，有人记“不愿登记”').waitFor()
  await press(page, '不愿登记')
  await page.getByText('不愿登记，已存好').waitFor()
  const [saved] = await savedBy(page)
  const { base_version, household } = saved!.content as HouseholdResultContent
  assert.deepEqual([household, base_version], [first!.id, first!.version])
  await page.context().close()
})

test('who works in a whole county says which village a new person lives in', async () => {
  const where = { ...people.account!, area: '510521', area_name: '泸县' }
  const page = await phone.open('/new-person', { ...people, ...county, people: [], account: where })
  await page.getByLabel('姓名', { exact: true }).fill('李新')
  await press(page, '保存并上报')
  await page.locator('[data-wrong]').getByText('这一项要填').waitFor()
  await page.getByLabel('哪个乡镇（街道）').selectOption('福集镇')
  await page.getByLabel('哪个村（社区）').selectOption('大桥村')
  await press(page, '保存并上报')
  await page.getByText('会自动上报').waitFor()
  const [saved] = await savedBy(page)
  assert.deepEqual((saved!.content as ProposalContent).new_person, { name: '李新', village: '510521100016' })
  await page.context().close()
})

test('a record is not saved without the photo that is still being made small', async () => {
  const page = await phone.open('/record/p0', people)
  await page.evaluate(() => {
    const read = FileReader.prototype.readAsDataURL
    FileReader.prototype.readAsDataURL = function (image) {
      Object.assign(window, { goOn: () => read.call(this, image) })
    }
  })
  await takePhoto(page)
  const save = page.locator('button[type=submit]')
  await page.getByRole('button', { name: '正在保存……' }).first().waitFor()
  assert.ok(await save.isDisabled())
  await page.evaluate(() => (window as unknown as { goOn: () => void }).goOn())
  await page.getByRole('img', { name: '照片 1' }).waitFor()
  await press(page, '保存')
  await page.getByText('王秀英的记录已存好').waitFor()
  assert.equal((await visitBy(page)).attachments.length, 1)
  await page.context().close()
})

test('a phone with a Chinese voice reads aloud who it is and what was not well, and stops; one without offers nothing', async () => {
  const spoken: (string | null)[] = []
  const page = await phone.open('/person/p0', people)
  await page.getByRole('button', { name: '念给我听' }).waitFor({ state: 'detached' })
  await page.context().exposeFunction('told', (text: string | null) => spoken.push(text))
  await page.addInitScript(() => {
    const { told } = window as unknown as { told: (text: string | null) => void }
    speechSynthesis.getVoices = () => [{ lang: 'zh-CN', name: 'voice' } as SpeechSynthesisVoice]
    speechSynthesis.speak = ({ text }) => told(text)
    speechSynthesis.cancel = () => told(null)
    Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', { set: () => undefined })
  })
  await page.reload()
  await press(page, '念给我听')
  await press(page, '停')
  await page.getByRole('button', { name: '念给我听' }).waitFor()
  const said = spoken.filter((each) => each !== null)
  assert.deepEqual(said, ['王秀英，70岁。独居，重度失能。已经逾期3天。上次的情况：行动能力较差'])
  assert.equal(spoken[spoken.length - 1], null)
  await page.context().close()
})
