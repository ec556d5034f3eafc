// What Lighthouse says of the phone's screens: accessibility and best practices, each to be 100. It is fetched for the
// occasion (Apache-2.0, 184 packages) and no part of the lock file, which every machine would pay for.
//   npm run field-lighthouse [-- PART-OF-A-PATH]
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { canvass, county, village } from './field/data.ts'
import { lastAnswers, visitForms } from './field/forms.ts'
import { openScreens } from './field/screens.ts'
import { openHouse } from './house.ts'

const open = [
  '/',
  '/people',
  '/person/p0',
  '/person/p0/change',
  '/person/p0/change/hospital',
  '/person/p0/change/facts',
]
  .concat(['/record/p0', '/missed/p0', '/outbox', '/emergency', '/emergency/p0'])
  .concat(['/canvass', '/canvass?group=一组&door=h0', '/new-person', '/settings', '/help'])
const pages: [path: string, state: string][] = [
  ...open.map((path): [string, string] => [path, 'open']),
  ...['new', 'locked', 'revoked'].map((state): [string, string] => ['/', state]),
  ['/join/invitation', 'new'],
]
const categories = ['accessibility', 'best-practices']
const run = promisify(execFile)

const house = await openHouse()
const [, , , , luzhou] = await visitForms(await house.enter('quxian', '/schemes'))
await house.close()
const view = { ...canvass(), ...village(luzhou!, lastAnswers(luzhou!.definition)), ...county }
const screens = await openScreens()
/** The screens with people from the start, as Lighthouse opens pages by itself. */
const front = createServer(async (request, response) => {
  const { pathname, search } = new URL(request.url ?? '/', 'http://x')
  if (pathname === '/given.js') {
    const given = `window.given = ${JSON.stringify({ view: { ...view, state: search.slice(1) } })}`
    return response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(given)
  }
  const answer = await fetch(screens.address + request.url)
  const type = answer.headers.get('content-type') ?? ''
  const body = Buffer.from(await answer.arrayBuffer())
  const page = body.toString().replace('<script', `<script src="/given.js${search}"></script><script`)
  response.writeHead(answer.status, { 'Content-Type': type }).end(type.includes('html') ? page : body)
})
await new Promise<void>((done) => front.listen(0, '127.0.0.1', () => done()))
const address = `http://127.0.0.1:${(front.address() as AddressInfo).port}`

interface Audit {
  id: string
  score: number | null
  details?: { items?: { node?: { snippet: string; explanation: string } }[] }
}
interface Report {
  categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>
  audits: Record<string, Audit>
}

let short = 0
const wanted = process.argv[2] ?? ''
for (const [path, state] of pages.filter((each) => each.join(' ').includes(wanted))) {
  const flags = `--headless=new --lang=zh-CN ${process.getuid?.() === 0 ? '--no-sandbox' : ''}`
  const { stdout } = await run(
    'npx',
    [
      '--yes',
      'lighthouse@12.8.2',
      `${address}/?${state}#${path}`,
      '--quiet',
      '--output=json',
      `--chrome-flags=${flags}`,
    ].concat(`--only-categories=${categories}`),
    { maxBuffer: 1e8, env: { ...process.env, CHROME_PATH: process.env.CHROMIUM ?? '/usr/bin/chromium' } },
  )
  const report = JSON.parse(stdout) as Report
  for (const name of categories) {
    const { score, auditRefs } = report.categories[name]!
    console.log(`${path} ${state} ${name}: ${Math.round(score * 100)}`)
    if (score < 1) short++
    for (const { id, weight } of auditRefs) {
      const { score, details } = report.audits[id]!
      if (!weight || score !== 0) continue
      for (const { node } of details?.items ?? []) console.log(`  ${id}: ${node?.snippet} ${node?.explanation}`)
    }
  }
}
front.close()
await screens.close()
process.exitCode = short > 0 ? 1 : 0
