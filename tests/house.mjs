// `tanfang serve` on data of its own, with an office and a clerk, as a browser speaks to it.
import { spawn, execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const password = '探访 correct horse 1'

/** A port that was free a moment ago: the provider must know it before the server listens. */
export async function freePort() {
  const probe = createServer()
  await new Promise((done) => probe.listen(0, '127.0.0.1', done))
  const { port } = probe.address()
  await new Promise((done) => probe.close(done))
  return port
}

/** The address of an empty database on the PostgreSQL that bin/with-postgres gives. */
export function emptyDatabase() {
  const server = process.env.TANFANG_TEST_POSTGRES
  if (!server) throw new Error('no PostgreSQL: run the tests through bin/with-postgres')
  const name = `house_${process.pid}`
  execFileSync('/usr/lib/postgresql/15/bin/psql', [server, '--quiet', '--command', `create database ${name}`])
  return server.replace(/[^/]*$/, name)
}

/** Cookies by name, as one browser keeps them for one server. */
export class Jar {
  cookies = new Map()
  take(response) {
    for (const line of response.headers.getSetCookie()) {
      const [pair, ...attributes] = line.split('; ')
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      if (attributes.includes('Max-Age=0') || value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return response
  }
  get header() {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }
}

export class House {
  password = password

  /** `server`, `identity` and `more`: lines of the settings; `database`: an address, else the embedded one; `furnish` brings in data before anybody is served. */
  static async open({ tanfang, root, port, issuer = '', clientId = '', secret = '', server = '', identity = '', jobs = false, more = '', database, furnish }) {
    const house = new House()
    house.folder = mkdtempSync(join(tmpdir(), 'tanfang-sign-on-'))
    house.base = `http://127.0.0.1:${port}`
    house.tanfang = tanfang
    house.environment = { PATH: process.env.PATH, TANFANG_HOME: root, TANFANG_OIDC_SECRET: secret }
    if (database) house.environment.TANFANG_DATABASE = database
    writeFileSync(
      join(house.folder, 'settings.toml'),
      `[server]\nport = ${port}\n${server}[identity]\nsecond_factor_required = []\n${identity}[jobs]\nenabled = ${jobs}\n` +
        `[oidc]\nissuer = "${issuer}"\nclient_id = "${clientId}"\nname = "县统一平台"\nredirect_base = "${house.base}"\n${more}`,
    )
    furnish?.(house)
    house.account('office', 'county_bureau', '510521')
    house.account('clerk', 'village_clerk', '510521100015')
    // Whatever ends this program ends the server.
    process.once('exit', () => house.server.kill('SIGKILL'))
    process.once('SIGTERM', () => process.exit(143))
    await house.start()
    return house
  }

  async start() {
    // Its log is not read: a full pipe would stop it.
    this.server = spawn(this.tanfang, ['--data', this.folder, 'serve'], { env: this.environment, stdio: ['ignore', 'pipe', 'ignore'] })
    this.stopped = new Promise((done) => this.server.on('exit', done))
    await new Promise((ready, fail) => {
      this.server.stdout.once('data', ready)
      this.stopped.then(() => fail(new Error('tanfang ended before it listened')))
    })
  }

  /** Stopped as by an operator, and started on the same data. */
  async restart() {
    this.server.kill('SIGTERM')
    await this.stopped
    await this.start()
  }

  run(words, input) {
    execFileSync(this.tanfang, ['--data', this.folder, ...words], { env: this.environment, input })
  }

  account(login, role, area) {
    const within = area ? ['--area', area] : []
    this.run(['accounts', 'create', login, '--name', '测试员', '--role', role, ...within], `${password}\n`)
  }

  /** A body that is no JSON. */
  async send(jar, method, path, body, headers = {}) {
    const signed = { Cookie: jar.header, 'X-CSRF-Token': jar.csrf, ...headers }
    return fetch(`${this.base}/api/v1${path}`, { method, headers: signed, body })
  }

  async close() {
    this.server.kill('SIGTERM')
    await this.stopped
    rmSync(this.folder, { recursive: true })
  }

  async ask(jar, method, path, body) {
    const headers = { Cookie: jar.header }
    if (jar.csrf) headers['X-CSRF-Token'] = jar.csrf
    if (body) headers['Content-Type'] = 'application/json'
    const options = { method, headers, redirect: 'manual', body: body && JSON.stringify(body) }
    return jar.take(await fetch(`${this.base}/api/v1${path}`, options))
  }

  async signIn(login) {
    const jar = new Jar()
    const answer = await this.ask(jar, 'POST', '/sessions', { login, password })
    Object.assign(jar, await answer.json())
    return jar
  }

  /** Who the browser is signed in as, or the refusal's code. */
  async whose(jar) {
    const session = await (await this.ask(jar, 'GET', '/session')).json()
    return session.login ?? session.code
  }

  /** Begins in this browser; where the platform is to be asked. */
  async begin(jar, path = '/sign-on') {
    const answer = await this.ask(jar, 'POST', path)
    const begun = await answer.json()
    return begun.location ? new URL(begun.location) : begun.code
  }

  /** Comes back with these parameters; `/`, or the code of the refusal. */
  async comeBack(jar, parameters) {
    const answer = await this.ask(jar, 'GET', `/sign-on/callback?${new URLSearchParams(parameters)}`)
    const target = new URL(answer.headers.get('location'), this.base)
    return target.searchParams.get('refused') ?? target.pathname
  }

  async link(subject) {
    const office = await this.signIn('office')
    const { accounts } = await (await this.ask(office, 'GET', '/accounts?role=village_clerk')).json()
    return this.ask(office, 'POST', `/accounts/${accounts[0].id}/sign-on`, { subject })
  }
}
