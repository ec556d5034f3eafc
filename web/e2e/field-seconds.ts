// How long a visit takes to write down, at a processor six times slower, against the real server: from Today until it is
// said to be kept, with nothing changed, and with three changes, a photo and a signature; and what a clerk tells, from the
// place where it is begun. Reports; it is no test. A person's share is counted in: seconds to find and press, to choose, to
// write, to aim the camera, to sign.
//   node e2e/field-seconds.ts
import { setTimeout as pause } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'
import { addCanvass, openHouse } from './house.ts'
import { FieldPhone, invite, photoOf, sign } from './phone.ts'

const slower = 6
const human = { press: 1.5, choose: 2.5, camera: 6, sign: 5, key: 0.7 }

class Hand {
  taps = 0
  waited = 0
  private begun = performance.now()

  private async think(seconds: number): Promise<void> {
    this.waited += seconds
    await pause(seconds * 1000)
  }
  async press(what: Locator): Promise<void> {
    await what.waitFor()
    await this.think(human.press)
    this.taps++
    await what.click()
  }
  async choose(what: Locator): Promise<void> {
    await what.scrollIntoViewIfNeeded()
    await this.think(human.choose)
    this.taps++
    await what.check({ force: true })
  }
  async photograph(page: Page, picture: Buffer): Promise<void> {
    await this.think(human.press + human.camera)
    this.taps += 2
    await page.locator('input[type=file]').setInputFiles({ name: 'p.jpg', mimeType: 'image/jpeg', buffer: picture })
    await page.getByAltText('照片 1').waitFor()
  }
  async sign(page: Page): Promise<void> {
    await this.think(2 * human.press + human.sign)
    this.taps += 3
    await sign(page)
  }
  async write(what: Locator, text: string): Promise<void> {
    await this.think(human.press + text.length * human.key)
    this.taps += 1 + text.length
    await what.fill(text)
  }
  report(what: string, aim: string): void {
    const all = (performance.now() - this.begun) / 1000
    const own = `${(all - this.waited).toFixed(1)} s of them the phone's`
    console.log(`${what}: ${all.toFixed(1)} s, ${own}, ${this.taps} taps; aim ${aim}; processor ${slower} times slower`)
  }
}

const house = await openHouse()
await addCanvass(await house.enter('quxian'))
const phone = new FieldPhone()
const page = await phone.join(await invite(house, 'cunju'))
const picture = await photoOf(page, 1, 3000)
const session = await page.context().newCDPSession(page)
await session.send('Emulation.setCPUThrottlingRate', { rate: slower })
const today = page.getByRole('heading', { name: '今天看谁' })
const people = page.locator('a[href^="#/person/"]')
const button = (name: string) => page.getByRole('button', { name, exact: true })

/** Presses save; whatever must still be answered is chosen first. */
async function save(hand: Hand): Promise<void> {
  for (;;) {
    await hand.press(button('保存'))
    const wrong = page.locator('[data-wrong]').first()
    const next = await Promise.race([today.waitFor().then(() => 'kept'), wrong.waitFor().then(() => 'wrong')])
    if (next === 'kept') return
    const choice = wrong.locator('input[type=radio], input[type=checkbox]').first()
    if (await choice.count()) await hand.choose(choice)
    else await wrong.locator('input, textarea').first().fill('1')
  }
}
async function begin(hand: Hand): Promise<void> {
  await hand.press(people.first())
  await hand.press(page.getByRole('link', { name: /开始探访|接着写/ }))
  await page.getByRole('heading', { name: /^探访：/ }).waitFor()
}

for (let i = 0; i < 3; i++) {
  const hand = new Hand()
  await begin(hand)
  await hand.press(button('一切照旧'))
  await save(hand)
  hand.report('nothing changed', '20 s and 8 taps')
}
const hand = new Hand()
await begin(hand)
await hand.choose(page.getByRole('group', { name: /^情绪状态/ }).getByLabel('较差'))
await hand.choose(page.getByRole('group', { name: /^燃气安全/ }).getByLabel('不安全'))
await hand.choose(page.getByRole('group', { name: /^家庭卫生/ }).getByLabel('较差'))
await hand.photograph(page, picture)
await hand.sign(page)
await save(hand)
hand.report('three changes, photo, signature', '60 s')

/** What a clerk tells, until `done` is said. */
async function deed(what: string, path: string, done: string, work: (hand: Hand) => Promise<void>): Promise<void> {
  await page.goto(`${house.address}/#${path}`)
  const hand = new Hand()
  await work(hand)
  await page.getByText(done).waitFor()
  hand.report(what, '60 s')
}
const link = (name: string) => page.getByRole('link', { name, exact: true })
await deed('a door', '/canvass', '已存好', async (hand) => {
  await hand.press(page.getByRole('button', { name: /^一组/ }))
  await hand.press(page.getByRole('button', { name: /^2号/ }))
  await hand.press(button('没有符合的人'))
})
await deed('somebody new', '/new-person', '会自动上报', async (hand) => {
  await hand.write(page.getByLabel('姓名', { exact: true }), '郑玉珍')
  await hand.write(page.getByLabel('身份证号'), '11010519491231002X')
  await hand.press(button('保存并上报'))
})
for (const name of ['住院了', '回来了', '去世了', '搬走了'])
  await deed(name, '/people', '会自动上报', async (hand) => {
    await hand.press(people.first())
    await hand.press(link('有变化要上报'))
    await hand.press(link(name))
    await hand.press(button('保存并上报'))
  })
await phone.close()
await house.close()
