// One run of sqlmap over one request whose inputs are marked with `*`.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

// Boolean, error and union injection into every marked place, with the payloads of OR as well: the data are invented.
// Answers of any status are compared like others, and unions are tried in full: what stands in `like '…%'` is found by
// nothing else at this level.
const words = ['--batch', '--ignore-stdin', '--technique=BEU', '--dbms=sqlite', '--level=1', '--risk=3', '--ignore-code=*', '--skip-waf',
  '--ignore-redirects', '--drop-set-cookie', '--keep-alive', '--timeout=20', '--retries=1', '--disable-coloring',
  '--answers=keep testing=Y,skip further=N,reduce the number=N']

/** What it printed, and whether it came to its end in time. */
async function run(values, timeout) {
  const child = spawn('sqlmap', values, { stdio: ['ignore', 'pipe', 'ignore'], timeout })
  const ended = new Promise((done) => child.on('close', (code) => done(code === 0)))
  const printed = (await child.stdout.toArray()).join('')
  return { ended: await ended, printed }
}

export const marks = ({ path, headers = {}, body = '' }) =>
  [path, body, ...Object.values(headers)].join('\n').split('*').length - 1

/** How many of its places were tried, and what was found, in sqlmap's words. */
export async function attack(request, base, folder, timeout = 600_000) {
  mkdirSync(folder, { recursive: true })
  const heads = Object.entries({ Host: new URL(base).host, ...request.headers }).map(([name, value]) => `${name}: ${value}`)
  const file = join(folder, `${request.name}.http`)
  writeFileSync(file, `${request.method} ${request.path} HTTP/1.1\n${heads.join('\n')}\n\n${request.body ?? ''}`)
  const output = join(folder, request.name)
  const { ended, printed } = await run(['-r', file, `--output-dir=${output}`, ...words], timeout)
  writeFileSync(`${output}.log`, printed)
  const logs = existsSync(output) ? readdirSync(output).map((host) => join(output, host, 'log')).filter((log) => existsSync(log)) : []
  const said = logs.map((log) => readFileSync(log, 'utf8')).join('')
  const found = [...new Set(said.match(/^Parameter: .*$/gm) ?? [])]
  const tried = printed.match(/testing for SQL injection on /g) ?? []
  return { tried: tried.length, found, ended, printed }
}
