// How soon the field application can be used on a slow phone: bytes and seconds until the first heading, at a processor
// six times slower, on slow and fast 3G and again from what the phone keeps. Reports; it is no test.
//   node e2e/field-speed.ts
import { chromium } from 'playwright-core'
import { openHouse } from './house.ts'

const networks = {
  'slow 3G': { latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 },
  'fast 3G': { latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 },
}
const slower = 6
const limits: Record<string, number> = { 'slow 3G': 6.5, 'fast 3G': 2.5, warm: 1.5 }

const house = await openHouse()
const rights = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: rights })

function report(name: string, seconds: number): void {
  const limit = limits[name] ?? limits.warm
  console.log(`${name}: ${seconds.toFixed(2)} s until it can be used, processor ${slower} times slower; aim ${limit} s`)
}

for (const [name, network] of Object.entries(networks)) {
  const context = await browser.newContext({ viewport: { width: 360, height: 760 }, locale: 'zh-CN' })
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', { offline: false, ...network })
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const shown = async () => {
    const begun = performance.now()
    await page.goto(`${house.address}/`, { waitUntil: 'commit', timeout: 120_000 })
    await page.locator('h1').first().waitFor({ timeout: 120_000 })
    return (performance.now() - begun) / 1000
  }
  report(name, await shown())
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, { timeout: 120_000 })
  report(`${name}, warm`, await shown())
  await context.close()
}
await browser.close()
await house.close()
