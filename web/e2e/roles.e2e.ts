// Every role on every page of the left side: what it may open is whole, what it may not leads home, and nothing is refused.
import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { assertSound, openHouse, settled, type House, type Login } from './house.ts'

// Nobody has to enrol first.
const open = '[identity]\nsecond_factor_required = []\n'
let house: House
before(async () => (house = await openHouse({ prepare: (folder) => writeFileSync(`${folder}/settings.toml`, open) })))
after(() => house.close())

const pages = [
  '/people',
  '/canvass',
  '/visits',
  '/visits/attempts',
  '/visits/corrections',
  '/plan',
  '/plan/rounds',
  '/plan/declarations',
  '/plan/festivals',
  '/import',
  '/schemes',
  '/export',
  '/reports',
  '/schemes/luzhou-2023',
  '/accounts',
  '/audit',
  '/work/verification',
  '/work/differences',
  '/work/proposals',
  '/work/set-aside',
  '/areas/shapes',
]
/** Work lists that only some of those who have work lists may open. */
const decidedBy: Record<string, Login[]> = {
  '/work/differences': ['zhenjie', 'quxian'],
  '/work/proposals': ['cunju', 'zhenjie', 'quxian'],
  '/work/set-aside': ['cunju', 'zhenjie', 'quxian'],
}
const seen: [Login, string[]][] = [
  ['fangwen', ['people', 'export', 'visits', 'plan', 'schemes', 'work']],
  ['cunju', ['reports', 'people', 'export', 'canvass', 'visits', 'plan', 'schemes', 'work']],
  ['zhenjie', ['reports', 'people', 'export', 'canvass', 'visits', 'plan', 'import', 'schemes', 'accounts', 'work']],
  [
    'quxian',
    ['reports', 'people', 'export', 'canvass', 'visits', 'plan', 'import', 'schemes', 'accounts', 'work', 'areas'],
  ],
  ['dishi', ['reports', 'people', 'export', 'canvass', 'visits', 'plan', 'schemes', 'accounts', 'work']],
  ['shengji', ['reports', 'canvass', 'schemes', 'accounts']],
  ['canlian', ['import', 'schemes']],
  ['yanglao', ['people', 'export', 'visits', 'plan', 'schemes', 'work']],
  ['shenji', ['schemes', 'accounts', 'audit']],
  ['anquan', ['accounts']],
  ['xitong', ['schemes', 'accounts', 'areas']],
]

for (const [login, places] of seen) {
  test(`${login} opens ${places.join(', ')}`, async () => {
    const page = await house.enter(login)
    await assertSound(page)
    assert.equal(await page.getByRole('alert').count(), 0, 'today')
    for (const path of ['/me', '/help', ...pages]) {
      const deciders = decidedBy[path] ?? [login]
      const mine = ['me', 'help', ...places].includes(path.split('/')[1] as string) && deciders.includes(login)
      await page.goto(`${house.address}/desk${path}`)
      await page.locator('h1').first().waitFor()
      assert.equal(new URL(page.url()).pathname === `/desk${path}`, mine, `${login} ${path}: ${page.url()}`)
      if (!mine) continue
      await assertSound(page)
      assert.deepEqual(await page.getByRole('alert').allInnerTexts(), [], `${login} ${path}`)
    }
    await page.context().close()
  })
}

test('a visitor is not led to the form for a new person', async () => {
  const page = await house.enter('fangwen', '/people/new')
  await page.getByRole('heading', { level: 1, name: '今日' }).waitFor()
})

test('a city goes from its counties down to a person and a record', async () => {
  const page = await house.enter('dishi', '/?area=510521')
  await settled(page)
  await assertSound(page)
  await page.goto(`${house.address}/desk/people?area=510521`)
  await settled(page)
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('heading', { name: '认定结果与依据' }).waitFor()
  await settled(page)
  assert.equal(await page.getByRole('button', { name: /查看明文|更正基本信息|变更状态/ }).count(), 0)
  assert.deepEqual(await page.getByRole('alert').allInnerTexts(), [])
  await assertSound(page)
})
