// The browsers of chat applications: what they lack is said, with what to do about it, and with a network all goes on.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { chromium, type Page } from 'playwright-core'
import { assertSound, chromiumProgram, openHouse, type House } from './house.ts'
import { answerAll, beginRecord, invite, pin, visitsOf } from './phone.ts'

let house: House
before(async () => (house = await openHouse()))
after(() => house.close())

/** A phone that is bound in such a browser; `lacking` takes away what it has not. */
async function bound(lacking: () => void): Promise<Page> {
  const context = await house.browser.newContext({ viewport: { width: 360, height: 760 }, locale: 'zh-CN' })
  context.setDefaultTimeout(60_000)
  await context.addInitScript(lacking)
  const page = await context.newPage()
  await page.goto(await invite(house, 'cunju'))
  await page.getByLabel('设置六位数字密码').fill(pin)
  await page.getByLabel('再输入一次').fill(pin)
  await page.getByRole('button', { name: '绑定并开始' }).click()
  await page.getByRole('heading', { name: '今天看谁' }).waitFor()
  return page
}
async function recordArrives(page: Page): Promise<void> {
  const person = await beginRecord(page)
  const before = await visitsOf(house, person)
  await answerAll(page)
  await page.getByText('已全部发出').first().waitFor()
  assert.equal((await visitsOf(house, person)).length, before.length + 1)
}

const browsers: [name: string, lacking: () => void][] = [
  ['without a service worker', () => void Reflect.deleteProperty(Navigator.prototype, 'serviceWorker')],
  [
    'that refuses a service worker',
    () => (ServiceWorkerContainer.prototype.register = () => Promise.reject(new DOMException('no', 'SecurityError'))),
  ],
]
browsers.push([
  'that could not fetch all of its service worker',
  () =>
    (ServiceWorkerContainer.prototype.register = () => {
      const worker = Object.assign(new EventTarget(), { state: 'installing' })
      setTimeout(() => {
        worker.state = 'redundant'
        worker.dispatchEvent(new Event('statechange'))
      }, 200)
      const registration = Object.assign(new EventTarget(), { installing: worker, waiting: null, active: null })
      return Promise.resolve(registration as unknown as ServiceWorkerRegistration)
    }),
])
for (const [name, lacking] of browsers)
  test(`a browser ${name} says so, keeps what is saved while it is open, and sends it`, async () => {
    const page = await bound(lacking)
    await page.getByText('没有网络时这个页面打不开').waitFor()
    await page.getByText('选“在浏览器打开”').waitFor()
    await recordArrives(page)

    // What the page needs was fetched while there was a network.
    await page.context().setOffline(true)
    const person = await beginRecord(page)
    const before = (await visitsOf(house, person)).length
    await answerAll(page)
    await page.getByText('1 条未发').first().waitFor()
    await page.context().setOffline(false)
    await page.reload()
    await page.getByText('已全部发出').first().waitFor()
    assert.equal((await visitsOf(house, person)).length, before + 1)
    await page.getByText('没有网络时这个页面打不开').waitFor()
    await page.context().close()
  })

test('a browser that keeps nothing says so; a record is saved once it was received, and not before', async () => {
  const page = await bound(() =>
    Object.defineProperty(window, 'indexedDB', {
      get: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    }),
  )
  await page.getByText('必须有网络才能保存记录').waitFor()
  await recordArrives(page)

  await page.context().setOffline(true)
  const person = await beginRecord(page)
  const before = (await visitsOf(house, person)).length
  await answerAll(page, page.getByRole('alert').filter({ hasText: '记录还没发到' }))
  assert.equal((await visitsOf(house, person)).length, before)
  await page.context().setOffline(false)
  await page.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByRole('heading', { name: '今天看谁' }).waitFor()
  assert.equal((await visitsOf(house, person)).length, before + 1)
  await page.context().close()
})

test('a browser without a memory for small things opens and is bound', async () => {
  const page = await bound(() =>
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError')
      },
    }),
  )
  await page.getByRole('link', { name: '我的' }).click()
  await page.getByText('大字').click()
  await page.getByText('English', { exact: true }).click()
  await page.getByRole('heading', { name: 'Mine' }).waitFor()
  await page.context().close()
})

test('a browser that cannot seal anything says so, and asks for no PIN', async () => {
  const context = await house.browser.newContext({ viewport: { width: 360, height: 760 }, locale: 'zh-CN' })
  await context.addInitScript(() => Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined }))
  const page = await context.newPage()
  await page.goto(await invite(house, 'cunju'))
  await page.getByText('这个浏览器不能加密，无法使用').waitFor()
  await page.getByRole('heading', { name: '绑定这部手机' }).waitFor()
  assert.equal(await page.locator('input').count(), 0)
  await page.getByRole('link', { name: '紧急' }).click()
  await page.getByText('120').waitFor()
  await context.close()
})

test('an address without https says so, and what to open instead', async () => {
  const args = [
    '--host-resolver-rules=MAP plain.example 127.0.0.1',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ]
  const browser = await chromium.launch({ executablePath: chromiumProgram, args })
  const page = await browser.newPage({ viewport: { width: 360, height: 760 }, locale: 'zh-CN' })
  await page.goto(house.address.replace(/\/\/[^:]*/, '//plain.example'))
  await page.getByText('这个网址开头不是 https').waitFor()
  assert.equal(await page.getByText('选“在浏览器打开”').count(), 0)
  await page.getByRole('link', { name: '紧急' }).click()
  await page.getByText('120').waitFor()
  await browser.close()
})

/** A page of the application as another browser would read it. */
async function readAs(change: (html: string) => string): Promise<{ page: Page; refused: string[] }> {
  const context = await house.browser.newContext({ viewport: { width: 360, height: 760 }, locale: 'zh-CN' })
  const page = await context.newPage()
  const refused: string[] = []
  page.on('console', (line) => void (line.type() === 'error' && refused.push(line.text())))
  await page.route(`${house.address}/`, async (route) => {
    const answer = await route.fetch()
    const { 'content-type': type = '', 'content-security-policy': policy = '' } = answer.headers()
    assert.match(policy, /script-src 'self'/)
    const headers = { 'Content-Type': type, 'Content-Security-Policy': policy }
    await route.fulfill({ headers, body: change(await answer.text()) })
  })
  await page.goto(house.address)
  return { page, refused }
}

test('a browser of before 2018 says at once that it is too old and what to do, within the policy of the page', async () => {
  // It passes over modules, and over the word that spares others the script for it.
  const { page, refused } = await readAs((html) =>
    html.replace('type="module"', 'type="unknown"').replace('nomodule', ''),
  )
  await page.getByText('这个浏览器太旧').waitFor()
  for (const text of ['更新这个浏览器', '选“在浏览器打开”', '先记在纸上，交给村'])
    assert.ok(await page.getByText(text).isVisible(), text)
  assert.equal(await page.getByText('正在打开').count(), 0)
  assert.equal(await page.getByRole('link', { name: '120' }).getAttribute('href'), 'tel:120')
  assert.deepEqual(refused, [])
  await assertSound(page)
  await page.context().close()
})

test('an application that does not start is not a blank page: after a while it says what to do', async () => {
  const { page } = await readAs((html) => html.replace('type="module"', 'type="unknown"'))
  await page.getByText('正在打开').waitFor()
  const note = page.getByText('一直这样，就是这个浏览器太旧了')
  assert.equal(await note.isVisible(), false)
  await page.evaluate(() => document.getAnimations().forEach((each) => each.finish()))
  await note.waitFor()
  await page.context().close()
})

test('a browser of 2018 is bound, keeps a record and sends it', async () => {
  const page = await bound(() => {
    for (const name of ['globalThis', 'AbortController']) Reflect.deleteProperty(window, name)
    Reflect.deleteProperty(Array.prototype, 'flatMap')
    Reflect.deleteProperty(Object, 'fromEntries')
  })
  await recordArrives(page)
  await page.context().close()
})
