// sqlmap over every documented operation that takes a parameter or a body, as a county's office.
//   bin/with-node node ../tests/security/sqlmap.mjs TANFANG ROOT [OPERATION...]
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, House } from '../house.mjs'

const [tanfang, root, ...only] = process.argv.slice(2)
const work = mkdtempSync(join(tmpdir(), 'tanfang-sqlmap-'))
// They would end the session that all of them need.
const notAsked = new Set(['signOut', 'changePassword'])

/** The document with every reference in place. */
function interfaceDocument() {
  const file = join(work, 'openapi.json')
  const words = ['redocly', 'bundle', join(root, 'api/openapi.yaml'), '--dereferenced', '--output', file]
  execFileSync('npx', words, { cwd: join(root, 'web'), stdio: 'ignore' })
  return JSON.parse(readFileSync(file, 'utf8'))
}

const plain = { area: '510521', county: '510521', month: '2025-06', limit: 50, kind: 'ledger', permissions: ['coverage_read'] }

/** A value that the schema takes. */
function example(schema = {}, name = '') {
  if (schema.example !== undefined) return schema.example
  if (name in plain) return plain[name]
  if (schema.enum) return schema.enum[0]
  const kind = Array.isArray(schema.type) ? schema.type[0] : schema.type
  if (schema.oneOf || schema.anyOf) return example((schema.oneOf ?? schema.anyOf)[0], name)
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((part) => example(part, name)))
  if (kind === 'integer' || kind === 'number') return schema.minimum ?? 1
  if (kind === 'boolean') return true
  if (kind === 'array') return [example(schema.items, name)]
  if (kind === 'object' || schema.properties) {
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([key, part]) => [key, example(part, key)]))
  }
  if (schema.format === 'date') return '2025-06-01'
  if (schema.format === 'date-time') return '2025-06-01T09:00:00+08:00'
  return schema.pattern?.includes('[0-9a-') ? '01jz8m1w5q3e0' : '1'
}

/** The request as sqlmap reads it; `*` marks what of the path is to be tried. */
function requestOf(path, method, operation, shared, jar, base) {
  const parameters = [...shared, ...(operation.parameters ?? [])]
  const query = parameters.filter((each) => each.in === 'query')
  const body = operation.requestBody?.content?.['application/json']?.schema
  const marked = path.replace(/\{(\w+)\}/g, (_, name) => `${example(undefined, name)}*`)
  const asked = query.map((each) => `${each.name}=${encodeURIComponent(example(each.schema, each.name))}`).join('&')
  const lines = [
    `${method.toUpperCase()} /api/v1${marked}${asked ? `?${asked}` : ''} HTTP/1.1`,
    `Host: ${new URL(base).host}`,
    `Cookie: ${jar.header}`,
    `X-CSRF-Token: ${jar.csrf}`,
    ...(body ? ['Content-Type: application/json'] : []),
  ]
  const takes = body || query.length > 0 || marked.includes('*')
  return takes && `${lines.join('\n')}\n\n${body ? JSON.stringify(example(body)) : ''}\n`
}

const port = await freePort()
const house = await House.open({ tanfang, root, port, more: '[limits]\nrequests_a_minute = 10000000\n' })
const jar = await house.signIn('office')
const findings = []
let tried = 0
for (const [path, item] of Object.entries(interfaceDocument().paths)) {
  for (const method of ['get', 'post', 'put', 'patch', 'delete']) {
    const operation = item[method]
    if (!operation || notAsked.has(operation.operationId)) continue
    if (only.length > 0 && !only.includes(operation.operationId)) continue
    const request = requestOf(path, method, operation, item.parameters ?? [], jar, house.base)
    if (!request) continue
    ++tried
    const file = join(work, `${operation.operationId}.txt`)
    writeFileSync(file, request)
    const words = ['-r', file, '--batch', '--level=1', '--risk=1', '--disable-coloring', '--flush-session']
    words.push('--output-dir', join(work, 'out'), '--ignore-code=*', '--skip-heuristics', '--skip-waf')
    const { stdout, error } = spawnSync('sqlmap', words, { encoding: 'utf8', timeout: 600_000 })
    const found = /is vulnerable|identified the following injection|appears to be .* injectable/.test(stdout ?? '')
    const finished = /do not appear to be injectable|identified the following injection/.test(stdout ?? '')
    if (found || !finished) findings.push(operation.operationId)
    console.log(`${operation.operationId}: ${found ? 'FOUND' : finished ? 'nothing' : 'NOT FINISHED'}`)
    if (found || !finished) console.log(error ?? stdout?.split('\n').slice(-25).join('\n'))
  }
}
await house.close()
rmSync(work, { recursive: true })
console.log(`${tried} operations tried, ${findings.length} with findings`)
process.exitCode = tried === 0 || findings.length > 0 ? 1 : 0
