// A visitor's phone: a browser of its own with storage of its own, that can be killed and opened again.
import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statfsSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { chromium, type Browser, type JSHandle, type Page } from 'playwright-core'
import type { Core } from '../field/src/core/core.ts'
import { call, type House, type Login } from './house.ts'

export const pin = '258036'

/** A link that binds a phone to an account, as an office gives it. */
export async function invite(house: House, login: Login): Promise<string> {
  const office = await house.enter('quxian')
  const { accounts } = (await call(office, 'GET', `/accounts?limit=100`)) as {
    accounts: { id: string; login: string }[]
  }
  const account = accounts.find((each) => each.login === login)
  assert.ok(account, `${login} has an account`)
  const { token } = (await call(office, 'POST', `/accounts/${account.id}/device-invitation`, {})) as { token: string }
  await office.context().close()
  return `${house.address}/#/join/${token}`
}

/** The browser says in its folder where it listens. */
async function listeningAt(folder: () => string): Promise<string> {
  for (let tries = 0; tries < 600; tries++) {
    const file = join(folder(), 'DevToolsActivePort')
    const port = existsSync(file) ? readFileSync(file, 'utf8').split('\n')[0] : ''
    if (port) return `http://127.0.0.1:${port}`
    await pause(100)
  }
  throw new Error('the browser does not say where it listens')
}

export class FieldPhone {
  page!: Page
  /** Is shown each page before it loads anything. */
  watch: (page: Page) => void = () => undefined
  private browser: Browser | null = null
  private program: ChildProcess | null = null
  private readonly folder = mkdtempSync(join(tmpdir(), 'tanfang-phone-'))
  private readonly disk: number

  /** `disk`: MB of a disk of its own, which is gone with the browser; without one the machine's is used. */
  constructor(disk = 0) {
    this.disk = disk
  }

  /** Where its folder is seen from outside: a disk of its own is mounted for the browser alone. */
  private get inside(): string {
    return this.disk && this.program ? `/proc/${this.program.pid}/root${this.folder}` : this.folder
  }

  /** Something else on the phone takes all of its disk but that many KB. */
  fillDisk(but: number): void {
    const { bavail, bsize } = statfsSync(this.inside)
    const bytes = Buffer.alloc(Math.max(0, bavail * bsize - but * 1024), 1)
    const file = join(this.inside, `filled-${Date.now()}`)
    try {
      writeFileSync(file, bytes)
    } catch (problem) {
      if ((problem as NodeJS.ErrnoException).code !== 'ENOSPC') throw problem
    }
    // The browser wrote beside it: that much is given back.
    const lack = but * 1024 - statfsSync(this.inside).bavail * bsize
    if (lack > 0) truncateSync(file, Math.max(0, statSync(file).size - lack))
  }

  /** A page on the storage that is there. */
  async open(address: string): Promise<Page> {
    rmSync(join(this.folder, 'DevToolsActivePort'), { force: true })
    const rights = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    const chromiumAt = process.env.CHROMIUM ?? '/usr/bin/chromium'
    const mounted = `mount -t tmpfs -o size=${this.disk}m tmpfs "$0" && exec "$@"`
    const [program = '', ...before] = this.disk
      ? ['unshare', '--map-root-user', '--mount', 'sh', '-c', mounted, this.folder, chromiumAt, '--no-sandbox']
      : [chromiumAt]
    this.program = spawn(
      program,
      [...before, '--headless=new', '--remote-debugging-port=0', `--user-data-dir=${this.folder}`, '--lang=zh-CN']
        .concat(['--window-size=360,760', '--no-first-run', '--disable-gpu', ...rights])
        .concat('about:blank'),
      { stdio: 'ignore' },
    )
    this.browser = await chromium.connectOverCDP(await listeningAt(() => this.inside))
    const context = this.browser.contexts()[0]
    assert.ok(context)
    context.setDefaultTimeout(60_000)
    this.page = context.pages()[0] ?? (await context.newPage())
    await this.page.setViewportSize({ width: 360, height: 760 })
    this.watch(this.page)
    await this.page.goto(address)
    return this.page
  }

  /** Put away as usual; what the browser keeps for itself, such as its cookies, is on the disk then. */
  async rest(): Promise<void> {
    const { browser, program } = this
    assert.ok(browser && program)
    const gone = new Promise((resolve) => program.once('exit', resolve))
    await (await browser.newBrowserCDPSession()).send('Browser.close').catch(() => undefined)
    await gone
    this.program = null
  }
  /** As when the battery is empty. */
  async kill(): Promise<void> {
    const { program } = this
    if (!program) return
    const gone = new Promise((resolve) => program.once('exit', resolve))
    program.kill('SIGKILL')
    await gone
    await this.browser?.close().catch(() => undefined)
    this.program = null
  }
  async close(): Promise<void> {
    await this.kill()
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 })
  }

  /** Binds the phone and waits until it can be opened without a network. */
  async join(link: string): Promise<Page> {
    const page = await this.open(link)
    await page.getByLabel('设置六位数字密码').fill(pin)
    await page.getByLabel('再输入一次').fill(pin)
    await page.getByRole('button', { name: '绑定并开始' }).click()
    await page.getByRole('heading', { name: '今天看谁' }).waitFor()
    await page.getByText('头半分钟请别关机').waitFor()
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
    return page
  }
  async unlock(digits = pin): Promise<void> {
    await this.page.getByLabel('六位数字密码').fill(digits)
  }
  /** Ten wrong PINs, each when the next may be tried; the last takes the people away. */
  async tryWrongPins(): Promise<void> {
    const { page } = this
    let now = Date.now()
    await page.reload()
    for (let wrong = 1; wrong <= 10; wrong++) {
      await page.clock.setSystemTime((now += 1_900_000))
      await this.unlock('000001')
      await page
        .getByText(wrong === 10 ? '这部手机还没有绑定' : `还能试${10 - wrong}次`)
        .first()
        .waitFor()
    }
  }
  offline(off: boolean): Promise<void> {
    return this.page.context().setOffline(off)
  }
  /** What the phone says of its unsent records; it is on every screen. */
  async waitUnsent(count: number): Promise<void> {
    await this.page
      .getByText(count === 0 ? '已全部发出' : `${count} 条未发`)
      .first()
      .waitFor()
  }
}

/** The page's own core, for what would take too many presses. */
export function coreOf(page: Page): Promise<JSHandle<Core>> {
  return page.evaluateHandle(async () => {
    const entry = document.querySelector<HTMLScriptElement>('script[type=module]')?.src
    const parts = Object.values((await import(entry ?? '')) as Record<string, unknown>)
    const use = parts.find((each) => typeof each === 'function' && String(each).includes('no core was given'))
    return (use as () => Core)()
  })
}

/** The first person that somebody has to see, from Today to the record; their id. */
export async function beginRecord(page: Page): Promise<string> {
  await page.locator('a[href^="#/person/"]').first().click()
  await page.getByRole('link', { name: /开始探访|接着写/ }).click()
  await page.getByRole('heading', { name: /^探访：/ }).waitFor()
  return page.url().split('/').pop() as string
}

/** All as before where there was one, else the first answer to whatever must be answered; saved until `saved` is there. */
export async function answerAll(page: Page, saved = page.getByRole('heading', { name: '今天看谁' })): Promise<void> {
  const same = page.getByRole('button', { name: '一切照旧' })
  if (await same.isVisible()) await same.click()
  for (let tries = 0; tries < 40; tries++) {
    await page.getByRole('button', { name: '保存', exact: true }).click()
    const wrong = page.locator('[data-wrong]').first()
    const first = await Promise.race([wrong.waitFor().then(() => 'wrong'), saved.waitFor().then(() => 'saved')])
    if (first === 'saved') return
    const choice = wrong.locator('input[type=radio], input[type=checkbox]').first()
    if (await choice.count()) await choice.check({ force: true })
    else await wrong.locator('input, textarea').first().fill('1')
  }
  throw new Error('the record could not be filled')
}

/** A photo as large as a camera's, made by the browser itself. */
export async function photoOf(page: Page, seed: number, side = 2000): Promise<Buffer> {
  const address = await page.evaluate(
    ([seed, size]) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size })
      const pen = canvas.getContext('2d')!
      for (let i = 0; i < 4000; i++) {
        pen.fillStyle = `hsl(${(i * 47 * seed) % 360} 70% 50%)`
        pen.fillRect((i * 131) % size, (i * 71) % size, 90, 40)
      }
      return canvas.toDataURL('image/jpeg', 0.95)
    },
    [seed, side] as const,
  )
  return Buffer.from(address.slice(address.indexOf(',') + 1), 'base64')
}

export async function takePhoto(page: Page, seed = 1): Promise<void> {
  const file = { name: 'p.jpg', mimeType: 'image/jpeg', buffer: await photoOf(page, seed) }
  await page.locator('input[type=file]').setInputFiles(file)
}

export async function sign(page: Page): Promise<void> {
  await page.getByRole('button', { name: '请老人签名' }).click()
  const pad = page.locator('canvas')
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  assert.ok(box)
  await page.mouse.move(box.x + 30, box.y + 30)
  await page.mouse.down()
  for (let i = 1; i < 10; i++) await page.mouse.move(box.x + 30 + i * 15, box.y + 30 + (i % 3) * 20)
  await page.mouse.up()
  await page.getByRole('button', { name: '签好了' }).click()
  await page.getByAltText('签名').waitFor()
}

export interface ListedVisit {
  id: string
  started_at: string
  attachments?: unknown[]
}

/** Records of a person as the county sees them. */
export async function visitsOf(house: House, person: string): Promise<ListedVisit[]> {
  const office = await house.enter('quxian')
  const { visits } = (await call(office, 'GET', `/visits?person=${person}&limit=50`)) as { visits: ListedVisit[] }
  await office.context().close()
  return visits
}
