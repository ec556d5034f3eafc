// sqlmap over every route and input that the interface's document names, on a server with invented people. Fails on any
// finding, on any failure of the server (an input that broke SQL would be one), and where the requests did not come as far
// as the handlers. First it must find what tests/security/injectable.mjs leaves open.
//   bin/with-node node ../tests/security/sqlmap.mjs TANFANG ROOT [OPERATION…]
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../house.mjs'
import { Liar } from '../oidc/liar.mjs'
import { attack, marks } from './attack.mjs'
import { Gate } from './gate.mjs'
import { openInjectable, questions } from './injectable.mjs'
import { documentOf, openHouse } from './ground.mjs'
import { furnish, picture } from './inputs.mjs'
import { firstPage, pageAt, requestsOf } from './requests.mjs'

const [tanfang, root, ...wanted] = process.argv.slice(2)
const work = mkdtempSync(join(tmpdir(), 'tanfang-sqlmap-'))

/** What sqlmap finds where there is something, and that it finds nothing where there is nothing. */
async function checkTheTool() {
  const server = await openInjectable()
  let wrong = 0
  for (const question of questions) {
    const { found } = await attack(question, `http://127.0.0.1:${server.address().port}`, join(work, 'injectable'))
    const right = found.length === (question.name === 'bound' ? 0 : 1)
    if (!right) ++wrong
    console.log(`${right ? 'as it must' : 'WRONG'}: ${question.name} input of the injectable server: ${found.length} found`)
  }
  server.close()
  return wrong
}

/** The first of the accounts that may do what each operation asks. */
async function sessionsOf(house) {
  const jars = []
  for (const login of ['office', 'administrator', 'security', 'auditor', 'liaison', 'town']) jars.push(await house.signIn(login))
  return (permission, phone) => {
    if (permission === 'device') return phone
    const names = permission.split('|')
    const anybody = names[0] === 'anybody' || names[0] === 'signed_in'
    return jars.find((jar) => anybody || names.some((name) => jar.permissions.includes(name)))
  }
}

/** The credentials are inputs too: once each. */
function credentials(jar, bearer) {
  const path = '/api/v1/people/list'
  const headers = { 'Content-Type': 'application/json', Cookie: jar.header, 'X-CSRF-Token': jar.csrf }
  const request = { method: 'POST', path, body: '{"limit":5}', id: 'credentials', credential: true }
  return [
    { ...request, name: 'cookie', headers: { ...headers, Cookie: `${jar.header}*` } },
    { ...request, name: 'csrf', headers: { ...headers, 'X-CSRF-Token': `${jar.csrf}*` } },
    { ...request, name: 'bearer', method: 'GET', path: '/api/v1/visits', body: '', headers: { Authorization: `Bearer ${bearer}*` } },
  ]
}

/** The signed requests of everything, and how each is signed. */
async function ready(house, gate) {
  const sessionOf = await sessionsOf(house)
  const office = await house.signIn('office')
  const { given, variants, makers, bearer, phone, leaving } = await furnish(house, office, await house.signIn('other'))
  const own = await house.signIn('changer')
  // Who proposed a transfer may not accept it.
  const another = await house.signIn('mine')
  const alone = { signOut: () => house.signIn('mine'), endSession: () => own, changePassword: () => own, acceptTransfer: () => another, signDeviceOff: leaving }
  makers.endSession = async () => {
    const { sessions } = await (await house.ask(await house.signIn('changer'), 'GET', '/sessions')).json()
    return sessions.find(({ current }) => current).id
  }
  const expect = (request) => {
    const jar = request.credential ? undefined : sessionOf(request.permission, phone)
    gate.expect({ signIn: alone[request.id] ?? (() => jar), make: makers[request.id] })
  }
  const requests = requestsOf(documentOf(root), given, variants)
  return { requests: [...requests, ...credentials(office, bearer)], expect }
}

/** And the second page of what has pages. */
async function withPages(requests, expect, base) {
  const all = []
  for (const request of requests) {
    all.push(request)
    if (!request.paged || all.at(-2)?.id === request.id) continue
    expect(request)
    const { path, body } = firstPage(request)
    const headers = body ? { 'Content-Type': 'application/json' } : {}
    const answer = await fetch(base + path, { method: request.method, headers, body: body || undefined })
    const { next } = answer.headers.get('content-type')?.includes('json') ? await answer.json() : {}
    if (next) all.push(pageAt(request, next))
  }
  return all
}

const count = (things) => Object.entries(Object.groupBy(things, (thing) => thing)).map(([name, all]) => `${all.length}×${name}`).join(' ')

/** What is found again and again: comparing blind answers errs now and then, what is open is open every time. */
async function confirmed(request, gate, found) {
  let still = found
  for (let round = 1; round <= 2 && still.length > 0; ++round) {
    const again = await attack({ ...request, name: `${request.name}-again-${round}` }, gate.base, work)
    still = still.filter((each) => again.found.includes(each))
    for (const each of found.filter((one) => !still.includes(one))) console.log(`  found once, and not again: ${each}`)
  }
  return still
}

/** Tries one request; what came of it, and whether that is well. */
async function tryOne(request, gate) {
  const places = marks(request)
  const began = Date.now()
  const { tried, found: suspected, ended, printed } = await attack(request, gate.base, work)
  const { statuses, faults } = gate
  const seconds = Math.round((Date.now() - began) / 1000)
  console.log(`${request.method} ${request.name}: ${tried} of ${places} inputs in ${seconds} s; first ${statuses[0]}, ${count(statuses)}`)
  const found = await confirmed(request, gate, suspected)
  for (const each of [...found, ...faults.slice(0, 3)]) console.log(`  FOUND ${each}`)
  const whole = tried >= places && ended
  if (!whole) console.log(`  NOT TRIED: ${printed.slice(-600)}`)
  return { tried, statuses, good: found.length === 0 && faults.length === 0 && whole }
}

async function askOnce({ method, path, name }, gate) {
  const { status } = await fetch(gate.base + path, { method, redirect: 'manual' })
  console.log(`${method} ${name}: no inputs; ${status}`)
  return { tried: 0, statuses: gate.statuses, good: status < 500 }
}

/** Whether somebody else, or somebody who waits, would have been answered otherwise. */
const isRefusal = (status) => [401, 403, 429, 503].includes(status)

async function tryAll(gate, { requests, expect }) {
  const totals = { operations: new Set(), requests: 0, done: 0, inputs: 0, answers: 0, refusals: 0, wrong: 0 }
  for (const request of requests) {
    expect(request)
    // Without inputs of its own it is asked once: what is read of every request is tried with the credentials.
    const { tried, statuses, good } = marks(request) > 0 ? await tryOne(request, gate) : await askOnce(request, gate)
    if (!good) ++totals.wrong
    totals.inputs += tried
    if (request.credential) continue
    totals.operations.add(request.id)
    ++totals.requests
    if (statuses[0] < 400) ++totals.done
    totals.answers += statuses.length
    totals.refusals += statuses.filter(isRefusal).length
  }
  return totals
}

async function main() {
  const blind = await checkTheTool()
  const [port, asked] = [await freePort(), await freePort()]
  const liar = await Liar.open(asked, 'tanfang')
  const house = await openHouse({ tanfang, root, port, liar })
  const gate = await Gate.open(port, picture)
  const { requests, expect } = await ready(house, gate)
  const chosen = requests.filter(({ id }) => wanted.length === 0 || wanted.includes(id))
  const totals = await tryAll(gate, { requests: await withPages(chosen, expect, gate.base), expect })
  await gate.close()
  await house.close()
  await liar.close()
  rmSync(work, { recursive: true })
  console.log(`${totals.operations.size} operations, ${totals.inputs} inputs tried by ${totals.answers} requests; ` +
    `${totals.done} of ${totals.requests} were done as asked at first, ${totals.refusals} answers refused who asked or how often; ` +
    `${totals.wrong} found, failed or not tried`)
  // Nearly all come as far as their handlers, and as one who may ask.
  const reached = totals.done >= 0.9 * totals.requests && totals.refusals <= 0.02 * totals.answers
  return blind === 0 && totals.wrong === 0 && reached && (wanted.length > 0 || totals.operations.size > 100)
}

process.exitCode = (await main()) ? 0 : 1
