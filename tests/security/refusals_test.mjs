// What is refused, over every operation of the interface's document and with requests that would else be done:
// - of what is outside one's area the answer is that of what does not exist, word for word;
// - an edit that does not say what it was made from is sent back.
//   bin/with-node node ../tests/security/refusals_test.mjs TANFANG ROOT sqlite|postgresql
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { emptyDatabase, freePort } from '../house.mjs'
import { Liar } from '../oidc/liar.mjs'
import { citizenNumber } from './gate.mjs'
import { documentOf, openHouse } from './ground.mjs'
import { furnish, picture } from './inputs.mjs'
import { requestsOf } from './requests.mjs'

const [tanfang, root, engine] = process.argv.slice(2)

// Neither people nor anything about them: known to all who may ask at all.
const common = ['area', 'scheme', 'form', 'kind', 'name', 'digest']
// A draft of a scheme is the deployment's, not an area's.
const ofNoArea = [...common, 'draft']
// What the house has none of, so that even those within are refused: parcels that were set aside, differences, and events
// that the county's scheme knows. DecisionRoutesTest and ParcelRoutesTest ask for the first three from outside.
// A transfer is accepted before it could be rejected.
const without = ['rejectTransfer', 'acceptSetAside', 'rejectSetAside', 'decideDifference', 'noteEvent']

let serial = 0
const fresh = (text, made) => {
  const number = ++serial
  return text.replaceAll('*', '').replaceAll('0fresh0', `refused-${number}`).replaceAll('0made0', made).replaceAll('0citizen0', citizenNumber(number))
}

describe(`refusals on ${engine}`, { timeout: 600_000 }, () => {
  let house, liar, operations, insiders, outsiders, leaver

  /** Those of the accounts who may do it. */
  const mayDo = (jars, { id, permission }) =>
    jars === insiders && ['endSession', 'changePassword'].includes(id) ? [leaver] : jars.filter((jar) => ['anybody', 'signed_in'].includes(permission) || permission.split('|').some((name) => jar.permissions.includes(name)))

  /** Sends it as the account, with `id` in the place of the one that stands in its path. */
  async function send(operation, jar, { id, match = '*', made = '' }) {
    const headers = { Cookie: jar.header, 'X-CSRF-Token': jar.csrf }
    for (const [name, value] of Object.entries(operation.headers)) headers[name] = fresh(value, made)
    delete headers['If-Match']
    if (operation.matched && match) headers['If-Match'] = match
    const path = fresh(id === undefined ? operation.path : operation.path.replace(operation.real, id), made)
    const body = typeof operation.body === 'string' ? fresh(operation.body, made) : operation.body
    const answer = await fetch(house.base + path, { method: operation.method, headers, body: body || undefined, redirect: 'manual' })
    const events = answer.headers.get('content-type')?.startsWith('text/event-stream')
    const text = events ? await answer.body.cancel() ?? '' : await answer.text()
    const names = [...answer.headers.keys()].filter((name) => !['date', 'x-request-id'].includes(name))
    const code = answer.headers.get('content-type') === 'application/problem+json' ? JSON.parse(text).code : ''
    return { status: answer.status, code, text: text.replace(/"request":"[^"]*"/, ''), names }
  }

  /** The operation with the id of what is there, made anew where it must be. */
  async function withThing(operation) {
    const made = operation.make ? ((await operation.make(++serial)) ?? '') : ''
    return { made, real: fresh(operation.real ?? '', made) }
  }

  before(async () => {
    liar = await Liar.open(await freePort(), 'tanfang')
    house = await openHouse({ tanfang, root, liar, port: await freePort(), database: engine === 'postgresql' && emptyDatabase() })
    const office = await house.signIn('office')
    const furnished = await furnish(house, office, await house.signIn('other'))
    const { people } = await (await house.ask(office, 'POST', '/people/search', { area: '510521', limit: 200 })).json()
    const { below } = await (await house.ask(office, 'GET', '/areas/510521')).json()
    // A town of the same county in which nobody lives.
    const town = below.map(({ code }) => code).find((code) => !people.some(({ area }) => area.startsWith(code)))
    assert.ok(town, 'a town without people')
    const { below: villages } = await (await house.ask(office, 'GET', `/areas/${town}`)).json()
    const accounts = {
      'county.outside': ['county_bureau', '510524'], 'security.outside': ['security_officer', '510524'],
      'administrator.outside': ['system_administrator', '510524'], 'town.outside': ['town_office', town],
      'clerk.outside': ['village_clerk', villages[0].code], 'liaison.outside': ['department_liaison', '510524'],
    }
    for (const [login, [role, area]] of Object.entries(accounts)) house.account(login, role, area)
    outsiders = await Promise.all(Object.keys(accounts).map(async (login) => Object.assign(await house.signIn(login), { login })))
    insiders = await Promise.all(['office', 'administrator', 'security', 'liaison', 'mine'].map((login) => house.signIn(login)))
    leaver = await house.signIn('changer')
    // Whose session it is that is ended, and whose password is changed.
    furnished.makers.endSession = async () => {
      const { sessions } = await (await house.ask(leaver, 'GET', '/sessions')).json()
      return sessions.find(({ current }) => current).id
    }
    const document = documentOf(root)
    operations = requestsOf(document, furnished.given, () => 0).map((request) => {
      const [, template] = Object.entries(document.paths).find(([, item]) => Object.values(item).some((each) => each?.operationId === request.id)) ?? []
      const path = Object.keys(document.paths).find((each) => document.paths[each] === template)
      const name = /\{(\w+)\}/.exec(path)?.[1]
      const real = name && request.path.split('?')[0].split('/')[`/api/v1${path}`.split('/').indexOf(`{${name}}`)]
      const parameters = [...(template.parameters ?? []), ...(template[request.method.toLowerCase()].parameters ?? [])]
      const matched = parameters.find(({ $ref }) => $ref?.includes('/IfMatch'))?.$ref.split('/').at(-1)
      const body = request.id === 'attachSchemeDocument' ? '%PDF-1.7\n0fresh0\n' : request.body
      return { ...request, body, name, real, matched, make: furnished.makers[request.id] }
    })
  })
  after(async () => {
    await house?.close()
    await liar?.close()
  })

  test('tell of nothing outside the area', async () => {
    let compared = 0
    const [wrong, good] = [[], []]
    for (const operation of operations) {
      if (!operation.name || ofNoArea.includes(operation.name) || operation.permission === 'device') continue
      const { made, real } = await withThing(operation)
      const missing = '0000000000001'
      const asked = mayDo(outsiders, operation)
      if (asked.length === 0) wrong.push(`${operation.id}: nobody outside may ask it`)
      for (const jar of asked) {
        const [there, nowhere] = [await send(operation, jar, { made }), await send(operation, jar, { made, id: missing })]
        const [told, untold] = [there, nowhere].map((answer) => ({ ...answer, text: answer.text.replaceAll(real, 'ID').replaceAll(missing, 'ID') }))
        ++compared
        if (there.status < 400 || JSON.stringify(told) !== JSON.stringify(untold)) {
          wrong.push(`${operation.id} by ${jar.login}: ${there.status} ${there.text} and of nobody ${nowhere.status} ${nowhere.text}`)
        }
      }
      good.push(operation)
    }
    // That each was a good request shows where somebody within sends it.
    for (const operation of good) {
      const { made } = await withThing(operation)
      const own = []
      for (const jar of mayDo(insiders, operation)) {
        if (!own.some(({ status }) => status < 400)) own.push(await send(operation, jar, { made }))
      }
      if (own.some(({ status }) => status < 400) === without.includes(operation.id)) {
        wrong.push(`${operation.id} within: ${own.map(({ status, text }) => `${status} ${text}`)}`)
      }
    }
    assert.deepEqual(wrong, [])
    assert.ok(compared > 100, `${compared} compared`)
    console.log(`${compared} answers about what is outside are those about nothing`)
  })

  test('send back an edit that does not say what it was made from', async () => {
    const wrong = []
    let edits = 0
    leaver = await house.signIn('changer')
    for (const operation of operations) {
      if (!operation.matched && !['PUT', 'PATCH'].includes(operation.method)) continue
      const { made } = await withThing(operation)
      const [jar] = mayDo(insiders, operation)
      ++edits
      const asked = (match) => send(operation, jar, { made, match })
      // Where there may be nothing yet, something is put there first.
      if (operation.matched === 'IfMatchWherePresent') await asked(null)
      const without = await asked(null)
      const sentBack = without.status === 428 && without.code === 'precondition.needed'
      if (sentBack !== (operation.matched !== undefined)) wrong.push(`${operation.id}: ${without.status} ${without.text}`)
    }
    assert.deepEqual(wrong, [])
    assert.ok(edits >= 20, `${edits} edits`)
  })
})
