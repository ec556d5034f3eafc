// The built field application over a server that lives in the test: it opens what phones seal, and loses requests and
// answers as it is told.
import { readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import type { TestServer } from '../../field/src/core/test-server.ts'
import type { inventedData } from '../../field/src/training/person.ts'

const web = fileURLToPath(new URL('../../', import.meta.url))
const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}
/** As the program gives it to its pages. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
  "connect-src 'self'; manifest-src 'self'; worker-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"

export interface Contract {
  server: TestServer
  address: string
  /** Whether it serves the next version, which says so in its title. */
  newer: boolean
  close(): void
}

const load = async <T>(path: string): Promise<T> => {
  const alias = { '@tanfang/shared/': join(web, 'shared/src/') }
  return (await runnerImport<T>(join(web, 'field/src', path), { configFile: false, resolve: { alias } })).module
}

async function pass(server: TestServer, path: string, request: IncomingMessage, response: ServerResponse) {
  let body = ''
  for await (const part of request) body += String(part)
  const names = ['X-Tanfang-Device', 'X-Tanfang-Reading']
  const headers = Object.fromEntries(names.map((name) => [name, String(request.headers[name.toLowerCase()] ?? '')]))
  try {
    const answer = await server.fetch(path, { method: request.method, headers, ...(body ? { body } : {}) })
    response.writeHead(answer.status, { 'Content-Type': 'application/json' }).end(await answer.text())
  } catch {
    response.socket?.destroy()
  }
}

const renewed: Record<string, [RegExp, string]> = {
  '/': [/<\/title>/, '（新）</title>'],
  '/sw.js': [/`[0-9a-f]{12}`/, '`000000000000`'],
}

function show(path: string, response: ServerResponse, newer: boolean): void {
  const name = join(web, 'dist/field', path === '/' ? 'index.html' : path)
  try {
    const change = newer ? renewed[path] : undefined
    const content = change ? readFileSync(name, 'utf8').replace(...change) : readFileSync(name)
    const type = types[extname(name)] ?? 'application/octet-stream'
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': policy }).end(content)
  } catch {
    response.writeHead(404).end()
  }
}

export async function openContract(): Promise<Contract> {
  const made = await load<{ TestServer: typeof TestServer }>('core/test-server.ts')
  const invented = await load<{ inventedData: typeof inventedData }>('training/person.ts')
  const server = await made.TestServer.make(() => Date.now())
  const { people, forms } = invented.inventedData(new Date().toISOString().slice(0, 10))
  server.bundle = (cursor) => (cursor ? {} : { people: [...(people ?? [])], forms: [...(forms ?? [])] })
  const contract = { server, newer: false, close: () => void front.close() }
  const front = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x')
    if (pathname.startsWith('/api/')) void pass(server, pathname, request, response)
    else show(pathname, response, contract.newer)
  })
  await new Promise<void>((done) => front.listen(0, '127.0.0.1', () => done()))
  const address = `http://127.0.0.1:${(front.address() as AddressInfo).port}`
  return Object.assign(contract, { address })
}
