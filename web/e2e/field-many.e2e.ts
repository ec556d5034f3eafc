// A thousand records that wait: sent to the end, in the order in which they were saved, and each of them once, although
// the browser is killed in the middle.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { call, openHouse, village, type House } from './house.ts'
import { coreOf, FieldPhone, invite, pin } from './phone.ts'

const many = 1000
let house: House
const phone = new FieldPhone()
before(async () => (house = await openHouse()))
after(async () => {
  await phone.close()
  await house.close()
})

/** Nobody was home: the shortest record there is, a minute apart, as the application itself saves it. */
async function saveMany(page: Page): Promise<string[]> {
  const core = await coreOf(page)
  return core.evaluate(async (core, many) => {
    const keys: string[] = []
    for (let i = 0; i < many; i++) {
      const { id, name } = core.view.people[i % core.view.people.length]!
      const at = new Date(core.now() - (many - i) * 60_000).toISOString()
      const content = { person: id, method: 'home', started_at: at, ended_at: at, attachments: [] }
      const key = core.newKey()
      keys.push(key)
      await core.save('visit', key, { ...content, outcome: 'not_home' }, { person: id, title: name, at })
    }
    return keys
  }, many)
}

/** The attempts that the village's office sees. */
async function countAttempts(): Promise<number> {
  const office = await house.enter('cunju')
  let count = 0
  for (let cursor = ''; ;) {
    const page = (await call(office, 'GET', `/attempts?area=${village}&limit=200${cursor}`)) as {
      attempts: unknown[]
      next: string | null
    }
    count += page.attempts.length
    if (!page.next) break
    cursor = `&cursor=${encodeURIComponent(page.next)}`
  }
  await office.context().close()
  return count
}

test('a thousand waiting records arrive in their order and once, also where the browser is killed on the way', async () => {
  await phone.join(await invite(house, 'cunju'))
  await phone.rest()
  const page = await phone.open(house.address)
  await phone.unlock()
  await page.getByRole('heading', { name: '今天看谁' }).waitFor()
  const before = await countAttempts()
  await phone.offline(true)
  const keys = await saveMany(page)
  await phone.waitUnsent(many)

  const sent: string[] = []
  const watch = (page: Page) =>
    page.on('request', (request) => {
      if (request.url().endsWith('/device/parcels')) sent.push((request.postDataJSON() as { key: string }).key)
    })
  watch(page)
  await phone.offline(false)
  while (sent.length < many / 3) await page.waitForTimeout(50)
  await phone.kill()
  const again = await phone.open('about:blank')
  watch(again)
  const begun = performance.now()
  await again.goto(house.address)
  await again.getByLabel('六位数字密码').waitFor()
  const opened = performance.now() - begun
  await again.getByText('已全部发出').first().waitFor({ timeout: 300_000 })
  console.log(`opened with the rest waiting in ${Math.round(opened)} ms; ${sent.length} sendings`)

  assert.deepEqual([...new Set(sent)], keys)
  // What was under way when the browser died, and nothing else, went twice.
  assert.ok(sent.length <= many + 1, `${sent.length} sendings`)
  assert.equal(await countAttempts(), before + many)
  await phone.unlock(pin)
  await again.getByRole('heading', { name: '今天看谁' }).waitFor()
})
