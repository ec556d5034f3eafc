// The whole way of a sign-on: a real `tanfang serve`, npm's oidc-provider, and a provider that lies.
//   node sign_on_test.mjs TANFANG ROOT
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { after, before, describe, test } from 'node:test'
import { freePort, House, Jar } from '../house.mjs'
import { Liar } from './liar.mjs'

const [tanfang, root] = process.argv.slice(2)
const clientId = 'tanfang'
const secret = 'a secret: with % and +'

/** The package stands among those of the browser side. */
async function oidcProvider() {
  const found = createRequire(`${root}/web/package.json`).resolve('oidc-provider')
  return (await import(pathToFileURL(found))).Provider
}

/** Follows the provider's own pages as a browser would, until it sends us back. */
async function signOnAt(start, base, login) {
  const jar = new Jar()
  let [url, form] = [start, undefined]
  for (let step = 0; step < 12; ++step) {
    const headers = { Cookie: jar.header }
    const answer = jar.take(
      await fetch(url, { method: form ? 'POST' : 'GET', body: form, headers, redirect: 'manual' }),
    )
    if (answer.status === 302 || answer.status === 303) {
      ;[url, form] = [new URL(answer.headers.get('location'), url), undefined]
      if (url.href.startsWith(base)) return Object.fromEntries(url.searchParams)
      continue
    }
    const page = await answer.text()
    assert.equal(answer.status, 200, page)
    const action = /<form[^>]*action="([^"]+)"/.exec(page)[1]
    const asks = /name="prompt" value="([^"]+)"/.exec(page)[1]
    ;[url, form] = [new URL(action, url), new URLSearchParams({ prompt: asks, login, password: 'x' })]
  }
  throw new Error('the provider never came back')
}

describe('with the real provider', () => {
  let house, server

  before(async () => {
    const Provider = await oidcProvider()
    const [port, ours] = [await freePort(), await freePort()]
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const provider = new Provider(`http://127.0.0.1:${port}`, {
      clients: [
        {
          client_id: clientId,
          client_secret: secret,
          redirect_uris: [`http://127.0.0.1:${ours}/api/v1/sign-on/callback`],
        },
      ],
      cookies: { keys: ['a key for cookies'] },
      jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'of the platform', use: 'sig', alg: 'RS256' }] },
      pkce: { required: () => true },
    })
    server = createServer(provider.callback())
    await new Promise((done) => server.listen(port, '127.0.0.1', done))
    house = await House.open({ tanfang, root, issuer: provider.issuer, clientId, secret, port: ours })
  })
  after(async () => {
    await house.close()
    server.closeAllConnections()
    server.close()
  })

  test('tells the name of the platform', async () => {
    const answer = await house.ask(new Jar(), 'GET', '/sign-on')
    assert.deepEqual(await answer.json(), { name: '县统一平台' })
  })

  test('refuses whom nobody linked, and signs in whom an office linked', async () => {
    const stranger = new Jar()
    const back = await signOnAt(await house.begin(stranger), house.base, 'clerk-7')
    assert.equal(await house.comeBack(stranger, back), 'identity.sign_in_refused')
    assert.equal(await house.whose(stranger), 'session.needed')

    assert.equal((await house.link('clerk-7')).status, 204)
    const clerk = new Jar()
    const arrived = await signOnAt(await house.begin(clerk), house.base, 'clerk-7')
    assert.equal(await house.comeBack(clerk, arrived), '/desk/')
    assert.equal(await house.whose(clerk), 'clerk')
    assert.equal(await house.comeBack(clerk, arrived), 'identity.sign_on_over', 'the same answer again')
  })

  test('lets the signed-in link themselves, in the session that began it', async () => {
    const office = await house.signIn('office')
    const back = await signOnAt(await house.begin(office, '/session/sign-on'), house.base, 'office-1')
    assert.equal(await house.comeBack(office, back), '/desk/')
    const arrived = new Jar()
    assert.equal(await house.comeBack(arrived, await signOnAt(await house.begin(arrived), house.base, 'office-1')), '/desk/')
    assert.equal(await house.whose(arrived), 'office')

    const left = await house.signIn('clerk')
    const late = await signOnAt(await house.begin(left, '/session/sign-on'), house.base, 'office-2')
    await house.ask(left, 'DELETE', '/session')
    assert.equal(await house.comeBack(left, late), 'sign_on.other_account')

    assert.equal((await house.ask(office, 'DELETE', '/session/sign-on')).status, 204)
    const gone = new Jar()
    const again = await signOnAt(await house.begin(gone), house.base, 'office-1')
    assert.equal(await house.comeBack(gone, again), 'identity.sign_in_refused')
  })
})

describe('with a provider that lies', () => {
  let house, liar
  const json = (value) => (response) => response.end(JSON.stringify(value))
  const elsewhere = (response) => response.writeHead(302, { Location: `${liar.issuer}/other` }).end()

  before(async () => {
    const [port, ours] = [await freePort(), await freePort()]
    liar = await Liar.open(port, clientId)
    house = await House.open({ tanfang, root, issuer: liar.issuer, clientId, secret, port: ours })
    assert.equal((await house.link('clerk-7')).status, 204)
  })
  after(async () => {
    await house.close()
    await liar.close()
  })

  /** Begins well, comes back with what `change` makes of a good answer. */
  async function arrive(change = (good) => good) {
    const jar = new Jar()
    const url = await house.begin(jar)
    if (typeof url === 'string') return url
    liar.nonce = url.searchParams.get('nonce')
    return house.comeBack(jar, change({ code: 'c', state: url.searchParams.get('state'), iss: liar.issuer }))
  }

  async function refuses(lies, code) {
    liar.lies = lies
    assert.equal(await arrive(), code)
    liar.lies = {}
  }

  test('discovery: slow, elsewhere, huge, of another issuer, over plain http', async () => {
    const at = '/.well-known/openid-configuration'
    await refuses({ [at]: () => {} }, 'sign_on.unreachable')
    await refuses({ [at]: elsewhere }, 'sign_on.unreachable')
    await refuses({ [at]: (response) => response.end('x'.repeat(1 << 20)) }, 'sign_on.unreachable')
    await refuses({ [at]: json({ ...liar.good(at), issuer: 'https://other.example' }) }, 'sign_on.unreachable')
    await refuses({ [at]: json({ ...liar.good(at), token_endpoint: 'http://other.example/t' }) }, 'sign_on.unreachable')
    await refuses({ [at]: json([]) }, 'sign_on.unreachable')
  })

  test('a crowd behind a slow platform is sent away, and the rest of the house answers', async () => {
    liar.lies = { '/.well-known/openid-configuration': () => {} }
    const crowd = await Promise.all(Array.from({ length: 8 }, () => house.begin(new Jar())))
    assert.equal(crowd.filter((code) => code === 'sign_on.busy').length, 4)
    liar.lies = {}
  })

  test('keys: huge, too many, none', async () => {
    const { keys } = liar.good('/keys')
    await refuses({ '/keys': (response) => response.end(JSON.stringify({ keys, pad: 'x'.repeat(1 << 20) })) }, 'sign_on.unreachable')
    await refuses({ '/keys': json({ keys: Array(40).fill(keys[0]) }) }, 'sign_on.unreachable')
    await refuses({ '/keys': json({}) }, 'sign_on.unreachable')
  })

  test('tokens of both algorithms are taken', async () => {
    for (const algorithm of ['RS256', 'ES256']) {
      liar.algorithm = algorithm
      assert.equal(await arrive(), '/desk/', algorithm)
    }
  })

  test('tokens signed otherwise are not', async () => {
    for (const algorithm of ['none', 'HS256', 'ES256 by the RSA key', 'a stranger', 'a key of no name']) {
      liar.algorithm = algorithm
      assert.equal(await arrive(), 'sign_on.token', algorithm)
    }
    liar.algorithm = 'RS256'
  })

  test('tokens that say something else are not', async () => {
    const now = Math.floor(Date.now() / 1000)
    const wrong = [
      { nonce: 'another' },
      { nonce: undefined },
      { aud: 'another' },
      { aud: [clientId, 'another'] },
      { aud: undefined },
      { azp: 'another' },
      { iss: 'https://other.example' },
      { exp: now - 3600 },
      { exp: undefined },
      { iat: now - 3600 },
      { iat: now + 3600 },
      { sub: '' },
      { sub: 'x'.repeat(256) },
    ]
    for (const claims of wrong) {
      liar.claims = claims
      assert.equal(await arrive(), 'sign_on.token', JSON.stringify(claims))
    }
    liar.claims = { aud: [clientId, 'another'], azp: clientId }
    assert.equal(await arrive(), '/desk/')
    liar.claims = { sub: 'somebody else' }
    assert.equal(await arrive(), 'identity.sign_in_refused')
    liar.claims = {}
  })

  test('the token endpoint: elsewhere, in trouble, without a token', async () => {
    await refuses({ '/token': elsewhere }, 'sign_on.unreachable')
    await refuses({ '/token': (response) => response.writeHead(500).end() }, 'sign_on.unreachable')
    await refuses({ '/token': (response) => response.writeHead(400).end('{}') }, 'sign_on.declined')
    await refuses({ '/token': json({ access_token: 'a' }) }, 'sign_on.unreachable')
    await refuses({ '/token': json({ id_token: 'a.b' }) }, 'sign_on.token')
  })

  test('answers of another attempt, of another browser, of another issuer, and without a code', async () => {
    assert.equal(await arrive((good) => ({ ...good, state: 'x'.repeat(64) })), 'identity.sign_on_over')
    assert.equal(await arrive((good) => ({ ...good, iss: 'https://other.example' })), 'sign_on.declined')
    assert.equal(await arrive(({ state }) => ({ state, error: 'access_denied' })), 'sign_on.declined')
    const [mine, yours] = [new Jar(), new Jar()]
    const state = (await house.begin(mine)).searchParams.get('state')
    await house.begin(yours)
    assert.equal(await house.comeBack(yours, { code: 'c', state }), 'identity.sign_on_over')
    assert.equal(await house.comeBack(new Jar(), { code: 'c', state }), 'identity.sign_on_over')
  })
})
