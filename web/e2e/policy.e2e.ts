// No page breaks its content security policy, which allows no inline style: every route, with what opens over it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { openHouse, settled, town, village, type House, type Login } from './house.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

const violations: string[] = []

/** A page that tells of every breach of its policy, from its first line on. */
async function enterWatched(login: Login | null): Promise<Page> {
  const page = await house.enter(login)
  await page.exposeFunction('tellBreach', (what: string) => violations.push(what))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (breach) => {
      const tell = (window as unknown as { tellBreach(what: string): void }).tellBreach
      tell(`${location.pathname}: ${breach.violatedDirective} ${breach.blockedURI} ${breach.sample}`)
    })
  })
  return page
}

async function look(page: Page, path: string): Promise<void> {
  await page.goto(`${house.address}/desk${path}`)
  await page.locator('h1').first().waitFor()
  await settled(page)
}

/** Opens and shuts everything on the page that opens: menus, dialogs, what the pointer rests on. */
async function openAll(page: Page, within: Page | Locator = page): Promise<void> {
  for (const chart of await within.locator('figure svg').all()) await chart.hover()
  for (const menu of await within.locator('.el-select, details > summary').all()) {
    if (!(await menu.isVisible())) continue
    await menu.click()
    await page.keyboard.press('Escape')
  }
}

async function rowPath(page: Page): Promise<string> {
  const link = page.getByRole('table').getByRole('link').first()
  return String(await link.getAttribute('href')).replace(/^\/desk/, '')
}

test('the policy allows no inline script or style, and a breach is heard', async () => {
  const page = await enterWatched('quxian')
  const answer = await page.goto(`${house.address}/desk/`)
  const policy = answer?.headers()['content-security-policy'] ?? ''
  assert.doesNotMatch(policy, /unsafe/)
  await page.evaluate(() => document.body.setAttribute('style', 'color: red'))
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(done)))
  assert.equal(violations.length, 1, violations.join('\n'))
  violations.length = 0
})

test('no page breaks it', async () => {
  const county = await enterWatched('quxian')
  const paths = [
    '/',
    `/?area=${town}`,
    `/?area=${village}`,
    '/people',
    '/people/new',
    '/visits',
    '/import',
    '/accounts',
    '/plan',
    '/plan/rounds',
    '/plan/declarations',
    '/plan/festivals',
    '/schemes',
    '/schemes/luzhou-2023',
    '/me',
    '/areas/shapes',
    ...['verification', 'refresh', 'differences', 'transfers', 'corrections'].map((list) => `/work/${list}`),
  ]
  for (const path of paths) {
    await look(county, path)
    await openAll(county)
  }
  for (const list of ['/people?state=owed', '/visits', '/accounts']) {
    await look(county, list)
    const row = await rowPath(county)
    await look(county, row)
    await openAll(county)
    if (list.startsWith('/people')) await look(county, `${row}/visit`)
  }
  const auditor = await enterWatched('shenji')
  await look(auditor, '/audit')
  const stranger = await enterWatched(null)
  await look(stranger, '/sign-in')
  await look(stranger, '/invitation')
  assert.deepEqual(violations, [])
})

test('neither do its dialogs', async () => {
  const dialogs: [Login, string, string][] = [
    ['quxian', '/accounts', '开户并邀请'],
    ['zhenjie', '/plan/rounds', '新建专项探访'],
    ['quxian', '/plan/declarations', '宣布暂停入户'],
    ['quxian', '/me', '启用双因素验证'],
  ]
  for (const [login, path, button] of dialogs) {
    const page = await enterWatched(login)
    await look(page, path)
    await page.getByRole('button', { name: button, exact: true }).click()
    await page.getByRole('dialog').waitFor()
    await openAll(page, page.getByRole('dialog'))
    await page.context().close()
  }
  assert.deepEqual(violations, [])
})
