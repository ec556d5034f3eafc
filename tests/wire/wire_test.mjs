// The core of the interface as a black box: the real program, asked over HTTP as machines ask it, and asked again after it
// was stopped and started.
//   node wire_test.mjs TANFANG ROOT sqlite|postgresql
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { emptyDatabase, freePort, House, Jar } from '../house.mjs'
import { citizenNumber } from '../security/gate.mjs'

const [tanfang, root, engine] = process.argv.slice(2)
const [county, town, village] = ['510521', '510521100', '510521100015']
const today = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10)
const unchanged = 'family_size expression mobility disease mood personal_hygiene home_hygiene indoor'.split(' ')
const answers = { ...Object.fromEntries(unchanged.map((field) => [field, 'unchanged'])), gas: 'safe', plumbing_heating: 'safe', electricity: 'safe' }

describe(`the interface over the wire on ${engine}`, { timeout: 280_000 }, () => {
  let house, office, person, visit

  /** Sends JSON; the status, the body and the header fields. */
  async function ask(jar, method, path, body, headers = {}) {
    const typed = body ? { 'Content-Type': 'application/json' } : {}
    const answer = await house.send(jar, method, path, body && JSON.stringify(body), { ...typed, ...headers })
    const bytes = Buffer.from(await answer.arrayBuffer())
    const json = answer.headers.get('content-type')?.includes('json') ? JSON.parse(bytes) : undefined
    return { status: answer.status, json, bytes, headers: answer.headers }
  }
  const done = async (...request) => {
    const answer = await ask(...request)
    assert.ok(answer.status < 300, `${request[1]} ${request[2]}: ${answer.status} ${answer.bytes}`)
    return answer
  }
  const refused = async (status, code, ...request) => {
    const answer = await ask(...request)
    assert.deepEqual([answer.status, answer.json?.code], [status, code], String(answer.bytes))
    assert.equal(answer.headers.get('content-type'), 'application/problem+json')
  }

  before(async () => {
    house = await House.open({
      tanfang, root, port: await freePort(), jobs: true, database: engine === 'postgresql' && emptyDatabase(),
      furnish: (empty) => empty.run(['demo', '--people', '40', '--months', '1', '--county', county]),
    })
    house.account('neighbour', 'county_bureau', '510522')
    house.account('fangwen', 'visitor', village)
  })
  after(() => house?.close())

  test('signing in', async () => {
    await refused(401, 'identity.sign_in_refused', new Jar(), 'POST', '/sessions', { login: 'office', password: 'wrong' })
    await refused(401, 'session.needed', new Jar(), 'GET', '/session')
    office = await house.signIn('office')
    assert.equal((await done(office, 'GET', '/session')).json.area, county)
    await refused(403, 'session.csrf', office, 'POST', '/people/search', { area: county }, { 'X-CSRF-Token': 'x' })
    await refused(403, 'identity.forbidden', office, 'GET', '/backups')
  })

  test('people and their facts', async () => {
    const number = citizenNumber(7)
    const made = await done(office, 'POST', '/people', { citizen_number: number, name: '李四', area: village })
    person = made.json.id
    const again = await ask(office, 'POST', '/people', { citizen_number: number, name: '李四', area: village })
    assert.deepEqual([again.status, again.json.id], [200, person], 'whoever is known is not registered twice')
    const found = await done(office, 'POST', '/people/search', { citizen_number: number })
    assert.deepEqual(found.json.people.map(({ id }) => id), [person])
    assert.ok(!String(found.bytes).includes(number), 'masked')
    const neighbour = await house.signIn('neighbour')
    assert.deepEqual((await done(neighbour, 'POST', '/people/search', { citizen_number: number })).json.people, [])
    await refused(404, 'person.unknown', neighbour, 'GET', `/people/${person}`)

    const facts = { facts: { has_spouse: false, children: [] } }
    await refused(428, 'precondition.needed', office, 'POST', `/people/${person}/facts`, facts)
    const tag = { 'If-Match': (await done(office, 'GET', `/people/${person}`)).headers.get('etag') }
    await done(office, 'POST', `/people/${person}/facts`, facts, tag)
    await refused(412, 'precondition.failed', office, 'POST', `/people/${person}/facts`, facts, tag)
    assert.match(String((await done(office, 'GET', `/people/${person}/history`)).bytes), /has_spouse/)
    const revealed = await done(office, 'POST', `/people/${person}/reveal`, { reason: '核实情况', fields: ['citizen_number'] })
    assert.equal(revealed.json.citizen_number, number)
  })

  test('visits, each once', async () => {
    const record = {
      key: 'wire-1', person: { id: person }, visitor: 'v1', method: 'home', outcome: 'met', form: 'luzhou-2023/visit', answers,
      started_at: `${today}T00:00`, ended_at: `${today}T00:01`,
    }
    const first = await ask(office, 'POST', '/visits', record)
    assert.equal(first.status, 201, String(first.bytes))
    const second = await ask(office, 'POST', '/visits', record)
    assert.deepEqual([second.status, second.json.id], [200, first.json.id])
    visit = first.json.id
    const listed = async () => (await done(office, 'GET', `/visits?person=${person}`)).json.visits.map(({ id }) => id)
    assert.deepEqual(await listed(), [visit])
    await refused(422, 'visit.invalid', office, 'POST', '/visits', { ...record, key: 'wire-2', method: 'dream' })
    assert.ok((await done(office, 'GET', `/coverage?area=${county}&month=${today.slice(0, 7)}`)).json.by_area.length > 0)
  })

  test('a ledger', async () => {
    const number = citizenNumber(21)
    const form = new FormData()
    form.set('area', county)
    form.set('file', new Blob([`姓名,身份证号码,村\n王五,${number},${village}\n赵六,510521194003020011,${village}\n`]), 'list.csv')
    const sent = await house.send(office, 'POST', '/ledgers', form)
    assert.equal(sent.status, 202)
    const { id } = await sent.json()
    let ledger
    for (let tries = 0; tries < 600; ++tries) {
      ledger = (await done(office, 'GET', `/ledgers/${id}`)).json
      if (!['waiting', 'running'].includes(ledger.state)) break
      await pause(100)
    }
    assert.equal(ledger.state, 'done', JSON.stringify(ledger))
    assert.deepEqual([ledger.result.registered, ledger.result.refused_count], [1, 1])
    assert.equal((await done(office, 'POST', '/people/search', { citizen_number: number })).json.people.length, 1)
  })

  test('an export, masked or packed', async () => {
    const masked = await done(office, 'POST', '/exports', { list: 'registry', area: town })
    assert.equal(masked.bytes.subarray(0, 2).toString(), 'PK')
    assert.equal(masked.headers.get('export-password'), null)
    const whole = await done(office, 'POST', '/exports', { list: 'registry', area: town, reason: '报送上级主管部门' })
    assert.equal(whole.headers.get('content-type'), 'application/zip')
    assert.ok(whole.headers.get('export-password').length > 10)
  })

  test('a phone', async () => {
    const { accounts } = (await done(office, 'GET', '/accounts?role=visitor')).json
    const own = accounts.find(({ login }) => login === 'fangwen')
    const { token } = (await done(office, 'POST', `/accounts/${own.id}/device-invitation`, {})).json
    const secret = Buffer.alloc(32, 's')
    const fresh = { token, label: '手机', reading_digest: createHash('sha256').update(secret).digest('base64') }
    const bound = await done(new Jar(), 'POST', '/devices', fresh)
    assert.equal((await ask(new Jar(), 'POST', '/devices', fresh)).status >= 400, true, 'a link binds once')
    const phone = { header: bound.headers.get('set-cookie').split(';')[0], csrf: '' }
    const named = { 'X-Tanfang-Device': bound.json.device }
    assert.equal((await done(phone, 'GET', '/device')).json.device, bound.json.device)
    await done(phone, 'POST', '/device/bundle', {}, { ...named, 'X-Tanfang-Reading': secret.toString('base64') })
    await refused(401, 'session.needed', phone, 'GET', '/visits', undefined, named)
    await done(phone, 'DELETE', '/device', undefined, named)
  })

  test('the same after a new start', async () => {
    await house.restart()
    assert.equal((await done(office, 'GET', '/session')).json.login, 'office')
    assert.deepEqual((await done(office, 'GET', `/visits?person=${person}`)).json.visits.map(({ id }) => id), [visit])
    await done(office, 'DELETE', '/session')
    await refused(401, 'session.needed', office, 'GET', '/session')
  })
})
