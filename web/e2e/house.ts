// A real server on a copy of the demonstration data, and a browser that looks at it.
//   node e2e/house.ts FOLDER     makes the demonstration data that the tests copy
import assert from 'node:assert/strict'
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContext, type Page, type Request } from 'playwright-core'
import words from '../desk/src/words/zh.json' with { type: 'json' }

export const root = fileURLToPath(new URL('../../', import.meta.url))
export const program = process.env.TANFANG ?? join(root, 'build/release/tanfang')
export const environment = { ...process.env, TANFANG_HOME: root }
/** What draws pages alone takes half the time of a whole browser; without it, the browser does. */
const shell = '/usr/bin/chromium-headless-shell'
export const chromiumProgram = process.env.CHROMIUM ?? (existsSync(shell) ? shell : '/usr/bin/chromium')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

export const password = 'browser-tests-2026'
export const county = '510521'
export const town = '510521100'
export const village = '510521100015'

/** Login, role and area of each account. */
const accounts: [login: string, role: string, area: string][] = [
  ['fangwen', 'visitor', village],
  ['cunju', 'village_clerk', village],
  ['zhenjie', 'town_office', town],
  ['quxian', 'county_bureau', county],
  ['dishi', 'city_supervisor', '5105'],
  ['shengji', 'province_supervisor', '51'],
  ['canlian', 'department_liaison', county],
  ['yanglao', 'care_organisation', town],
  ['shenji', 'auditor', county],
  ['anquan', 'security_officer', county],
  ['xitong', 'system_administrator', ''],
]
export type Login =
  | 'fangwen'
  | 'cunju'
  | 'zhenjie'
  | 'quxian'
  | 'dishi'
  | 'shengji'
  | 'canlian'
  | 'yanglao'
  | 'shenji'
  | 'anquan'
  | 'xitong'

function run(folder: string, words: string[], input?: string): string {
  return execFileSync(program, ['--data', folder, ...words], {
    env: environment,
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'inherit'],
  })
}

/** An invented county with three months of visits, an account for every role, and a ledger to import. */
export function makeData(folder: string, people = 400): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const today = new Date(Date.now() + 8 * 3600_000).toISOString()
  run(folder, [
    'demo',
    '--people',
    String(people),
    '--months',
    '3',
    '--county',
    county,
    '--ledger',
    join(folder, 'ledger.xlsx'),
  ])
  run(folder, ['plan', 'open', '--county', county, '--month', today.slice(0, 7)])
  // The province must have a second factor, so that enrolling can be tried.
  writeFileSync(join(folder, 'settings.toml'), '[identity]\nsecond_factor_required = ["province_supervisor"]\n')
  for (const [login, role, area] of accounts) {
    const place = area === '' ? [] : ['--area', area]
    run(folder, ['accounts', 'create', login, '--name', `${login}的姓名`, '--role', role, ...place], `${password}\n`)
  }
}

export interface House {
  address: string
  folder: string
  browser: Browser
  /** A page of somebody signed in, in a browser profile of its own; `path` is below /desk. */
  enter(login: Login | null, path?: string): Promise<Page>
  close(): Promise<void>
}

async function serve(folder: string, port: number, home: string): Promise<[ChildProcess, string]> {
  const server = spawn(program, ['--data', folder, 'serve', '--port', String(port)], {
    env: { ...environment, TANFANG_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface(server.stdout as NodeJS.ReadableStream)) {
    const address = /http:\/\/\S+/.exec(line)?.[0]
    if (address) return [server, address.replace(/\/$/, '')]
  }
  throw new Error('the server ended before it said where it listens')
}

const faults = new WeakMap<Page, string[]>()
const unanswered = new WeakMap<Page, Set<Request>>()

/** What a page must never do: fail, break the content security policy, or be answered with a failure; what it waits for. */
export function watchFaults(page: Page): void {
  const found: string[] = []
  faults.set(page, found)
  const waiting = new Set<Request>()
  unanswered.set(page, waiting)
  // A stream of events stays open as long as its page.
  page.on('request', (request) => request.resourceType() !== 'eventsource' && waiting.add(request))
  page.on('requestfinished', (request) => waiting.delete(request))
  page.on('requestfailed', (request) => waiting.delete(request))
  page.on('pageerror', (error) => found.push(`error: ${error.message} ${error.stack?.split('\n')[0]}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) found.push(message.text())
    if (message.type() === 'warning') found.push(message.text())
  })
  page.on('response', (response) => {
    // What a page asks by itself is neither answered with a failure nor refused as a question that cannot be asked.
    const asked = response.request().method() === 'GET' && [400, 403, 422].includes(response.status())
    if (response.status() >= 500 || asked) found.push(`${response.status()} ${response.url()}`)
  })
}

async function signIn(context: BrowserContext, address: string, login: Login): Promise<void> {
  const answer = await context.request.post(`${address}/api/v1/sessions`, { data: { login, password } })
  assert.equal(answer.status(), 201, await answer.text())
}

interface Options {
  folder?: string
  width?: number
  height?: number
  port?: number
  /** The folder with schemes, pages and migrations, where it is not the repository. */
  home?: string
  /** What the browser kept of an earlier visit: language, size of letters. */
  kept?: Record<string, string>
  /** What is done to the data before the server starts. */
  prepare?: (folder: string) => void
}

export async function openHouse(options: Options = {}): Promise<House> {
  const made = process.env.TANFANG_BROWSER_DATA ?? join(root, 'build/browser-data')
  if (!options.folder && !existsSync(join(made, 'settings.toml'))) makeData(made)
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'tanfang-desk-'))
  if (!options.folder) cpSync(made, folder, { recursive: true })
  options.prepare?.(folder)
  const [server, address] = await serve(folder, options.port ?? 0, options.home ?? root)
  const browser = await chromium.launch({
    executablePath: chromiumProgram,
    args: ['--lang=zh-CN', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  return {
    address,
    folder,
    browser,
    async enter(login, path = '/') {
      const viewport = { width: options.width ?? 1280, height: options.height ?? 720 }
      const context = await browser.newContext({ viewport, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
      context.setDefaultTimeout(60_000)
      await context.addInitScript(
        (kept) => Object.entries(kept).forEach(([key, value]) => localStorage.setItem(key, value)),
        options.kept ?? {},
      )
      if (login) await signIn(context, address, login)
      const page = await context.newPage()
      watchFaults(page)
      await page.goto(`${address}/desk${path}`)
      await page.locator('h1').first().waitFor()
      return page
    },
    async close() {
      await browser.close()
      server.kill('SIGTERM')
      await new Promise((resolve) => server.once('exit', resolve))
      if (!options.folder) rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What the interface answers to whoever is signed in on a page. */
export async function call(page: Page, method: string, path: string, body?: object): Promise<unknown> {
  const address = `${new URL(page.url()).origin}/api/v1`
  const { csrf } = (await (await page.request.get(`${address}/session`)).json()) as { csrf: string }
  const headers = { 'X-CSRF-Token': csrf, 'Idempotency-Key': crypto.randomUUID() }
  const answer = await page.request.fetch(address + path, { method, headers, data: body })
  assert.ok(answer.ok(), `${method} ${path}: ${await answer.text()}`)
  return answer.status() === 204 ? null : answer.json()
}

/** Places of a town's villages, one visitor who comes to all of them and one who takes on little. */
export async function addVisitors(page: Page): Promise<void> {
  const { below } = (await call(page, 'GET', `/areas/${town}`)) as { below: { code: string }[] }
  for (const [i, each] of below.entries()) {
    const point = { latitude: 29.1 + (i % 5) * 0.02, longitude: 105.3 + Math.floor(i / 5) * 0.03 }
    await call(page, 'PUT', `/areas/${each.code}/point`, point)
  }
  const villages = below.map((each) => each.code)
  const keep = (name: string, given: object) =>
    call(page, 'POST', '/visitors', { name, kind: 'grid_worker', capacity: 40, ...given })
  await keep('王敏', { home: village, villages, capacity: 200, login: 'fangwen' })
  await keep('李强', { home: village, radius_metres: 2500, kind: 'volunteer', capacity: 3 })
}

/** A canvass that is under way, and households of two groups with something found at some; `page` is the county's. */
export async function addCanvass(page: Page): Promise<void> {
  const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10)
  await call(page, 'POST', '/canvasses', { name: '冬季摸底排查', begun_on: today })
  const lines = (group: string, count: number) =>
    Array.from({ length: count }, (_, i) => ({ group, place: `${i + 1}号` }))
  const households = [...lines('一组', 18), ...lines('二组', 9)]
  await call(page, 'POST', '/households', { village, households })
  const listed = (await call(page, 'GET', `/households?village=${village}&limit=30`)) as {
    households: { id: string }[]
  }
  const found = ['registered', 'nobody_eligible', 'nobody_eligible', 'not_home', 'declined', 'registered', 'not_home']
  for (const [i, result] of found.entries())
    await call(page, 'POST', `/households/${listed.households[i * 3]?.id}/results`, { result })
}

/** Until nothing is loading for three drawn frames on end, so that what is looked at is whole. */
export async function settled(page: Page): Promise<void> {
  const waiting = unanswered.get(page) ?? new Set()
  const until = Date.now() + 60_000
  for (let still = 0; still < 3; still = waiting.size > 0 ? 0 : still + 1) {
    const urls = [...waiting].map((request) => request.url())
    assert.ok(Date.now() < until, `${page.url()} still waits for ${urls.join(', ')}`)
    await page.waitForFunction(
      () =>
        new Promise((drawn) =>
          requestAnimationFrame(() => drawn(document.querySelector('[aria-busy="true"]') === null)),
        ),
    )
  }
}

/**
 * Marks the parts of the page, and the rows of its tables, that are made as one that was found sound is, but for words and
 * addresses: what were wrong with them would be wrong with that one too. Gives what the others are made as.
 */
async function markKnown(known: string[]): Promise<string[]> {
  const words = /(?<=>)[^<]+|(?<=\s(id|for|href|name|title|value|datetime|aria-(label|labelledby|describedby))=")[^"]+/g
  const rows = new Set<string>()
  for (const row of document.querySelectorAll('tbody tr')) {
    row.removeAttribute('data-known')
    const made = row.outerHTML.replace(words, '…')
    row.toggleAttribute('data-known', rows.has(made))
    rows.add(made)
  }
  const found = new Set<string>()
  const { text, contrast } = document.documentElement.dataset
  for (const part of document.querySelectorAll('main, nav, header')) {
    part.removeAttribute('data-known')
    const made = new Set(part.outerHTML.replace(words, '…').split(/(?=<tr)/))
    const whole = [innerWidth, innerHeight, text, contrast, part.matches(':focus-within'), ...made].join('')
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(whole))
    const name = [...new Uint8Array(digest)].join()
    part.toggleAttribute('data-known', known.includes(name))
    found.add(name)
  }
  return [...found]
}
const known = new Set<string>()

interface Violation {
  id: string
  nodes: { html: string }[]
}

const groups = Object.keys(words).join('|')
/** A word that has no text is shown by its key, such as `welcome.export`; a file may be called like one. */
const key = new RegExp(`(?<![\\w./-])(${groups})\\.(?!toml|jsonl|xlsx|pdf)[a-z]\\w+`, 'g')

/** Nothing that axe knows of is wrong, no word is missing, and nothing failed so far. */
export async function assertSound(page: Page): Promise<void> {
  await settled(page)
  await page.evaluate(axe)
  const made = await page.evaluate(markKnown, [...known])
  const violations = (await page.evaluate(
    'axe.run({ exclude: "[data-known]" }, { resultTypes: ["violations"] }).then((found) => found.violations)',
  )) as Violation[]
  const told = violations.map((each) => `${each.id}: ${each.nodes[0]?.html} (${each.nodes.length})`)
  told.push(...((await page.locator('body').innerText()).match(key) ?? []).map((each) => `no text: ${each}`))
  told.push(...(faults.get(page) ?? []))
  if (told.length > 0) assert.fail(`${page.url()}\n${told.join('\n')}`)
  made.forEach((each) => known.add(each))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) makeData(process.argv[2] ?? join(root, 'build/browser-data'))
