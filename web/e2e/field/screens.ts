// The field application's screens in a browser of a phone's size, over a core that keeps and sends nothing.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core'
import { build } from 'vite'
import type { View } from '../../field/src/core/core.ts'
import { chromiumProgram, watchFaults } from '../house.ts'

const web = fileURLToPath(new URL('../../', import.meta.url))
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

/** As the product is built, but for the core. */
async function buildScreens(folder: string): Promise<void> {
  await build({
    configFile: join(web, 'field/vite.config.ts'),
    logLevel: 'warn',
    resolve: { alias: [{ find: /^\.\/core\/browser$/, replacement: join(web, 'e2e/field/core.ts') }] },
    build: { outDir: folder },
  })
}

function serve(folder: string) {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    const name = join(folder, path === '/' ? 'index.html' : path)
    try {
      const content = readFileSync(name)
      response.writeHead(200, { 'Content-Type': types[extname(name)] ?? 'application/octet-stream' }).end(content)
    } catch {
      response.writeHead(404).end()
    }
  })
  return new Promise<typeof server>((done) => server.listen(0, '127.0.0.1', () => done(server)))
}

export interface Screens {
  /** A page at a path such as `/person/1`, with people and forms of its own. */
  open(path: string, view?: Partial<View>, options?: Opening): Promise<Page>
  /** Another screen on a page that is open, as if it were opened there. */
  show(page: Page, path: string, view?: Partial<View>): Promise<void>
  address: string
  close(): Promise<void>
}

interface Opening {
  large?: boolean
  english?: boolean
  contrast?: boolean
  context?: BrowserContextOptions
}

export async function openScreens(): Promise<Screens> {
  const folder = mkdtempSync(join(tmpdir(), 'tanfang-field-'))
  await buildScreens(folder)
  const server = await serve(folder)
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser = await chromium.launch({
    executablePath: chromiumProgram,
    args: ['--lang=zh-CN', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  })
  let shown = 0
  return {
    address,
    async show(page, path, view = {}) {
      await page.addInitScript((view) => (window.given = { view }), view)
      // Another address than before, and not only behind the #, so that the page is loaded.
      await page.goto(`${address}/?${++shown}#${path}`)
      await page.locator('h1').first().waitFor()
    },
    async open(path, view = {}, options = {}) {
      const context = await browser.newContext({
        viewport: { width: 360, height: 760 },
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        hasTouch: true,
        permissions: ['geolocation'],
        geolocation: { latitude: 29.1, longitude: 105.3, accuracy: 12 },
        ...options.context,
      })
      context.setDefaultTimeout(20_000)
      await context.addInitScript(
        ([view, kept]) => {
          window.given = { view }
          for (const [key, value] of Object.entries(kept)) localStorage.setItem(key, value)
        },
        [
          view,
          {
            'tanfang.large': options.large ? '1' : '0',
            'tanfang.contrast': options.contrast ? '1' : '0',
            'tanfang.language': options.english ? 'en' : 'zh',
          },
        ] as const,
      )
      const page = await context.newPage()
      watchFaults(page)
      await page.goto(`${address}/#${path}`)
      await page.locator('h1').first().waitFor()
      return page
    },
    async close() {
      await browser.close()
      server.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
