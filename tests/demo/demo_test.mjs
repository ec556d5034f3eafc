// The demonstration as `./run` begins it: one account for every role, and each of them comes in.
//   node demo_test.mjs TANFANG ROOT
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, describe, test } from 'node:test'

const [tanfang, root] = process.argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'tanfang-demo-'))
const data = join(folder, 'demo')

/** Starts it; what it said until it serves, and where. */
async function begin() {
  const child = spawn(join(root, 'bin/demo'), [data, '--port', '0'], {
    env: { ...process.env, TANFANG: tanfang, TANFANG_HOME: root, DEMO_PEOPLE: '60' }, stdio: ['ignore', 'pipe', 'ignore'],
  })
  process.once('exit', () => child.kill('SIGKILL'))
  const ended = new Promise((done) => child.on('exit', done))
  const said = []
  for await (const line of createInterface(child.stdout)) {
    said.push(line)
    const address = /http:\/\/[\d.]+:\d+/.exec(line)?.[0]
    if (address) return { said: said.join('\n'), address, end: () => (child.kill('SIGTERM'), ended) }
  }
  throw new Error(said.join('\n'))
}

describe('the demonstration', { timeout: 280_000 }, () => {
  after(() => rmSync(folder, { recursive: true, force: true }))

  test('has an account for every role, and a machine with its token', async () => {
    const { said, address, end } = await begin()
    const roles = /enum: \[(visitor,[^\]]*)\]/.exec(readFileSync(join(root, 'api/openapi.yaml'), 'utf8'))[1].split(/,\s*/)
    assert.equal(roles.length, 12)
    const password = /password (\S+)/.exec(said)[1]
    const accounts = [...said.matchAll(/^ {2}(\w+) +(\w+) +(\d+|-) +\S+$/gm)].map(([, login, role]) => ({ login, role }))
    assert.deepEqual([...accounts.map(({ role }) => role), 'machine'].sort(), roles.toSorted())
    for (const { login, role } of accounts) {
      const answer = await fetch(`${address}/api/v1/sessions`, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ login, password }),
      })
      const session = await answer.json()
      assert.equal(answer.status, 201, `${login}: ${JSON.stringify(session)}`)
      assert.equal(session.role, role)
    }

    const token = /Bearer (tanfang_\w+)/.exec(said)[1]
    const ask = (path) => fetch(`${address}/api/v1${path}`, { headers: { Authorization: `Bearer ${token}` } })
    const visits = await ask('/visits?limit=5')
    assert.equal(visits.status, 200)
    assert.ok((await visits.json()).visits.length > 0)
    assert.equal((await ask('/session')).status, 200)
    assert.equal((await ask('/accounts')).status, 403)
    assert.equal(statSync(join(data, 'token.txt')).mode & 0o077, 0)
    await end()

    const again = await begin()
    assert.ok(again.said.includes(token), 'the same token as before')
    await again.end()
  })
})
