// Records: listed, entered from paper by keyboard, put right, struck out, and what a role must not.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import vocabulary from '../shared/src/vocabulary.json' with { type: 'json' }
import { addVisitors, assertSound, call, openHouse, settled, type House } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

/** The file of somebody to whom a scheme applies. */
async function openPerson(page: Page): Promise<void> {
  await settled(page)
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('link', { name: '补录探访' }).waitFor()
  await settled(page)
}

/** The first choice of every question that must be answered. */
async function answerAll(page: Page): Promise<void> {
  for (const group of await page.locator('fieldset').all()) {
    if ((await group.locator('legend .mark').count()) > 0) await group.locator('input').first().check()
  }
}
const word = (words: Record<string, { zh: string }>, code: string) => words[code]?.zh ?? ''

test('records of the month are listed and narrowed', async () => {
  const page = await house.enter('quxian', '/visits')
  await settled(page)
  await page.getByRole('button', { name: '上一月' }).click()
  await page.waitForURL(/month=/)
  await page.getByLabel('结果').selectOption({ label: '未遇' })
  await settled(page)
  const outcomes = await page.locator('tbody .tag').allInnerTexts()
  assert.deepEqual(new Set(outcomes), new Set(['未遇']))
  // Each row says who it was (masked) and where, and leads to the file.
  const people = await page.locator('tbody td:nth-child(2) a').allInnerTexts()
  assert.ok(people.length > 0 && people.every((name) => /^\p{Script=Han}+\*+$/u.test(name)), people.join())
  assert.match(await page.locator('tbody td:nth-child(3)').first().innerText(), /村|社区/)
  await assertSound(page)
})

test('a paper record is entered, what is missing is shown, and it is put right later', async () => {
  const page = await house.enter('zhenjie', '/people?state=owed')
  await openPerson(page)
  await page.getByRole('link', { name: '补录探访' }).click()
  await page.getByRole('heading', { name: '健康状况' }).waitFor()
  await assertSound(page)
  await page.getByLabel('探访人').fill('李秀兰')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('必填').first().waitFor()
  await assertSound(page)
  await answerAll(page)
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('探访记录已保存').waitFor()
  await page.getByRole('heading', { name: '探访所见' }).waitFor()
  await assertSound(page)

  await page.getByRole('link', { name: '更正', exact: true }).click()
  await page.getByRole('dialog').getByLabel('原因').fill('补录时选错')
  await page.getByRole('dialog').getByRole('button', { name: '查看表单内容' }).click()
  await page.getByLabel('更正原因').fill('情绪状态选错')
  await page.getByRole('group', { name: '情绪状态' }).getByLabel('较差').check()
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('情绪状态选错').waitFor()
  await assertSound(page)

  // From record to record each shows its own: who was corrected says so, and corrects nothing.
  await page.getByRole('link', { name: '原记录' }).click()
  await page.getByRole('link', { name: '更正后的记录' }).waitFor()
  assert.equal(await page.getByText('情绪状态选错').count(), 0)
  await page.goBack()
  await page.getByText('情绪状态选错').waitFor()
  assert.equal(await page.getByRole('link', { name: '更正后的记录' }).count(), 0)
})

test('a pile of paper is entered by the keyboard, the next with the day and visitor of the one before', async () => {
  const page = await house.enter('zhenjie', '/visits')
  await page.getByRole('link', { name: '连续补录' }).press('Enter')
  await page.getByRole('heading', { level: 1, name: '连续补录' }).waitFor()
  await settled(page)
  await assertSound(page)
  const names = (await call(page, 'POST', '/people/list', { state: 'owed', limit: 2 })) as {
    people: { name: string }[]
  }
  for (const [i, { name }] of names.people.entries()) {
    // The search has the keyboard already.
    await page.keyboard.type(name)
    await page.keyboard.press('Enter')
    await page.getByRole('radio').first().waitFor()
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: '补录探访' }).waitFor()
    await settled(page)
    if (i === 0) {
      await page.getByLabel('结果').selectOption('not_home')
      await page.getByLabel('开始').fill('10:10')
      await page.getByLabel('结束', { exact: true }).fill('10:40')
      await page.getByLabel('探访人').fill('王志强')
    } else {
      assert.equal(await page.getByLabel('开始').inputValue(), '10:10')
      assert.equal(await page.getByLabel('探访人').inputValue(), '王志强')
      await page.getByLabel('结果').selectOption('not_home')
    }
    await page.getByRole('button', { name: '保存' }).press('Enter')
    await page.getByText(`本次已录入 ${i + 1} 份`).waitFor()
    await settled(page)
  }
})

test('what changed from visit to visit stands in the file as the records say it', async () => {
  const page = await house.enter('zhenjie', '/people?state=owed')
  await openPerson(page)
  const file = page.url()
  const person = new URL(file).pathname.split('/').pop()
  const record = async (mood?: string) => {
    await page.goto(file)
    await page.getByRole('link', { name: '补录探访' }).click()
    await page.getByRole('heading', { name: '健康状况' }).waitFor()
    await page.getByLabel('探访人').fill('李秀兰')
    await answerAll(page)
    if (mood) await page.getByRole('group', { name: '情绪状态' }).getByLabel(mood).check()
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('探访记录已保存').waitFor()
  }
  const shown = async () => {
    await page.goto(file)
    await page.getByRole('heading', { name: '认定结果与依据' }).waitFor()
    await settled(page)
    const rows = await page.getByRole('table', { name: '历次变化' }).getByRole('row').all()
    return Promise.all(rows.map((row) => row.locator('th, td').allInnerTexts()))
  }
  interface Told {
    id: string
    started_at: string
    outcome: string
    struck_at?: string | null
    corrected_by?: string | null
    findings?: { indicator: string; given: string; effect: string }[]
  }
  const said = async () => {
    const { visits } = (await call(page, 'GET', `/visits?person=${person}&limit=20`)) as { visits: Told[] }
    const met = visits.filter((each) => each.outcome === 'met' && !each.struck_at && !each.corrected_by)
    const last = met.slice(0, 6).reverse()
    const indicators = new Set(last.flatMap((each) => (each.findings ?? []).map(({ indicator }) => indicator)))
    const rows = [...indicators].flatMap((indicator) => {
      const found = last.map((each) => each.findings?.find((finding) => finding.indicator === indicator))
      const known = found.flatMap((each) => each ?? [])
      const unwell = known.some(({ effect }) => ['poor', 'fair', 'down'].includes(effect))
      if (!unwell && new Set(known.map(({ given }) => given)).size < 2) return []
      return [
        [
          word(vocabulary.indicators, indicator),
          ...found.map((each) => (each ? word(vocabulary.options, each.given) : '—')),
        ],
      ]
    })
    const china = (at: string) => new Date(Date.parse(at) + 8 * 3600_000).toISOString().slice(2, 10)
    return { days: last.map((each) => china(each.started_at)), rows }
  }
  await record()
  await record('较差')
  const records = await said()
  assert.ok(records.days.length >= 2 && records.rows.length > 0)
  assert.ok(
    records.rows.some((row) => row.at(-1) !== row.at(-2)),
    'the two entered here are not alike',
  )
  const [head = [], ...rows] = await shown()
  assert.deepEqual(head.slice(1), records.days)
  const mood = rows.find((row) => row[0] === '情绪状态')
  assert.equal(mood?.at(-1), '较差')
  assert.notEqual(mood?.at(-2), '较差')
  assert.deepEqual(rows.map((row) => row.join()).sort(), records.rows.map((row) => row.join()).sort())
  await assertSound(page)
})

test('an attempt needs no form', async () => {
  const page = await house.enter('cunju', '/people')
  await openPerson(page)
  await page.getByRole('link', { name: '补录探访' }).click()
  await page.getByRole('heading', { level: 1, name: '补录探访' }).waitFor()
  await page.getByLabel('结果').selectOption({ label: '未遇' })
  assert.equal(await page.getByRole('heading', { name: '健康状况' }).count(), 0)
  await page.getByLabel('探访人').fill('王志强')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('探访记录已保存').waitFor()
  await page.locator('.tag', { hasText: '未遇' }).waitFor()
})

test('the county strikes a record out for a reason, a town may not', async () => {
  const town = await house.enter('zhenjie', '/visits')
  await settled(town)
  await town.getByRole('table').getByRole('link').first().click()
  await town.getByRole('heading', { level: 1, name: '探访记录' }).waitFor()
  await settled(town)
  assert.equal(await town.getByRole('button', { name: '作废' }).count(), 0)

  const page = await house.enter('quxian', '/visits')
  await settled(page)
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('button', { name: '作废' }).click()
  await page.getByLabel('原因').fill('经核实当天没有上门')
  await assertSound(page)
  await page.getByRole('dialog').getByRole('button', { name: '作废' }).click()
  await page.getByText('经核实当天没有上门').waitFor()
  assert.equal(await page.getByRole('button', { name: '作废' }).count(), 0)
  await assertSound(page)
})

test('the visitor is one who comes there, another of the county found by name, or a name in words', async () => {
  const county = await house.enter('quxian', '/plan/visitors')
  await addVisitors(county)
  await call(county, 'POST', '/visitors', { name: '周远', kind: 'volunteer', capacity: 5, login: 'zhouyuan' })
  const page = await house.enter('zhenjie', '/people')
  await openPerson(page)
  const file = page.url()
  const enter = async () => {
    await page.goto(file)
    await page.getByRole('link', { name: '补录探访' }).click()
    await page.getByRole('heading', { level: 1, name: '补录探访' }).waitFor()
    await page.getByLabel('结果').selectOption({ label: '未遇' })
    await settled(page)
  }
  const choice = page.getByLabel('探访人', { exact: true })
  const typed = page.getByLabel(/^探访人姓名/)
  await enter()
  const offered = await choice.locator('option').allInnerTexts()
  assert.ok(offered.includes('王敏'), offered.join())
  assert.ok(!offered.includes('周远'), 'who comes nowhere near is not read')
  await choice.selectOption({ label: '其他人（填写姓名）' })
  await typed.fill('周')
  await page.getByRole('button', { name: '周远' }).waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: '周远' }).press('Enter')
  await typed.waitFor({ state: 'hidden' })
  assert.equal(await choice.inputValue(), 'zhouyuan')
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('探访记录已保存').waitFor()
  await page.getByText('周远').first().waitFor()

  await enter()
  await choice.selectOption({ label: '其他人（填写姓名）' })
  await typed.fill('邻居老何')
  await page.getByText('本县探访人员名单里没有这个名字').waitFor()
  await assertSound(page)
  await page.getByRole('button', { name: '保存' }).click()
  await page.getByText('探访记录已保存').waitFor()
  await page.getByText('邻居老何').first().waitFor()
})
