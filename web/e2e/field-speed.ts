// How soon the field application can be used on a slow phone, at a processor six times slower, on slow and fast 3G: until
// the first heading, again from what the phone keeps, until 200 people of a whole county are on it, and until they are
// there by the PIN. Reports; it is no test.
//   npm run field-speed
import { execFileSync } from 'node:child_process'
import { chromium, type Page } from 'playwright-core'
import { call, county, environment, openHouse, password, program, type Login } from './house.ts'
import { invite, pin } from './phone.ts'

const networks = {
  'slow 3G': { latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 },
  'fast 3G': { latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 },
}
type Network = keyof typeof networks
const slower = 6
const firstAim: Record<Network, number> = { 'slow 3G': 6.5, 'fast 3G': 2.5 }
const people = 200
const login = 'quxianfang' as Login

/** Somebody who visits that many people all over the county. */
async function addVisitor(page: Page): Promise<void> {
  const given = { name: '王敏', kind: 'social_worker', capacity: 500, login }
  const { id } = (await call(page, 'POST', '/visitors', given)) as { id: string }
  const found = (await call(page, 'POST', '/people/list', { area: county, limit: people })) as {
    people: { id: string }[]
  }
  const assignments = found.people.map((each) => ({ person: each.id, visitor: id }))
  await call(page, 'POST', '/plan/assignments', { assignments })
}

const house = await openHouse({
  prepare: (folder) => {
    const who = ['accounts', 'create', login, '--name', '王敏', '--role', 'visitor', '--area', county]
    execFileSync(program, ['--data', folder, ...who], { env: environment, input: `${password}\n` })
  },
})
await addVisitor(await house.enter('quxian'))
const rights = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: rights })

async function report(what: string, until: () => Promise<unknown>, aim?: number): Promise<void> {
  const begun = performance.now()
  await until()
  const seconds = ((performance.now() - begun) / 1000).toFixed(2)
  console.log(`${what}: ${seconds} s, processor ${slower} times slower${aim ? `; aim ${aim} s` : ''}`)
}

for (const name of Object.keys(networks) as Network[]) {
  const context = await browser.newContext({ viewport: { width: 360, height: 760 }, locale: 'zh-CN' })
  context.setDefaultTimeout(120_000)
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', { offline: false, ...networks[name] })
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const shown = async () => {
    await page.goto(`${house.address}/`, { waitUntil: 'commit' })
    await page.locator('h1').first().waitFor()
  }
  await report(`${name}, first load`, shown, firstAim[name])
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await report(`${name}, again`, shown, 1.5)

  await page.goto(await invite(house, login))
  await page.getByLabel('设置六位数字密码').fill(pin)
  await page.getByLabel('再输入一次').fill(pin)
  const bundles: Promise<number>[] = []
  page.on('requestfinished', (request) => {
    if (request.url().endsWith('/device/bundle')) bundles.push(request.sizes().then((sizes) => sizes.responseBodySize))
  })
  const list = page.locator('a[href^="#/person/"]').first()
  await report(`${name}, bound, ${people} people and the county's villages fetched and kept`, async () => {
    await page.getByRole('button', { name: '绑定并开始' }).click()
    await page.getByText('名单更新于').waitFor()
    await list.waitFor()
  })
  console.log(`  in ${bundles.length} request of ${(await Promise.all(bundles)).join(' and ')} bytes; aim 1 of 150,000`)
  await page.getByRole('link', { name: '全部', exact: true }).click()
  await page.getByRole('heading', { name: `全部 ${people} 人` }).waitFor()
  await page.goto(`${house.address}/#/`)
  await page.reload()
  await page.getByLabel('六位数字密码').waitFor()
  await report(`${name}, list by the PIN`, async () => {
    await page.getByLabel('六位数字密码').fill(pin)
    await list.waitFor()
  })
  await context.close()
}
await browser.close()
await house.close()
