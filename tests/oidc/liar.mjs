// An OpenID Connect provider that does what it is told, right or wrong.
import { createServer } from 'node:http'
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'

const encoded = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
const jwk = (pair, kid) => ({ ...pair.publicKey.export({ format: 'jwk' }), kid, use: 'sig' })

export class Liar {
  /** What differs from good behaviour, by endpoint. */
  lies = {}
  /** Of the last token: claims over the good ones, and how it is signed. */
  claims = {}
  algorithm = 'RS256'

  static async open(port, clientId) {
    const liar = new Liar()
    liar.issuer = `http://127.0.0.1:${port}`
    liar.clientId = clientId
    liar.server = createServer((request, response) => liar.answer(new URL(request.url, liar.issuer).pathname, response))
    await new Promise((done) => liar.server.listen(port, '127.0.0.1', done))
    return liar
  }

  close() {
    this.server.closeAllConnections()
    return new Promise((done) => this.server.close(done))
  }

  answer(path, response) {
    const lie = this.lies[path]
    if (lie) return lie(response)
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify(this.good(path)))
  }

  good(path) {
    if (path === '/token') return { access_token: 'a', token_type: 'Bearer', id_token: this.token() }
    if (path === '/keys') return { keys: [jwk(rsa, 'r'), jwk(ec, 'e')] }
    const { issuer } = this
    return {
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/keys`,
    }
  }

  token() {
    const now = Math.floor(Date.now() / 1000)
    const good = { iss: this.issuer, aud: this.clientId, sub: 'clerk-7', iat: now, exp: now + 300, nonce: this.nonce }
    const signers = {
      RS256: ['RS256', 'r', (text) => sign('sha256', text, rsa.privateKey)],
      ES256: ['ES256', 'e', (text) => sign('sha256', text, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' })],
      none: ['none', undefined, () => ''],
      HS256: ['HS256', 'r', (text) => createHmac('sha256', rsa.publicKey.export({ type: 'spki', format: 'pem' })).update(text).digest()],
      'ES256 by the RSA key': ['ES256', 'r', (text) => sign('sha256', text, rsa.privateKey)],
      'a stranger': ['RS256', 'r', (text) => sign('sha256', text, stranger.privateKey)],
      'a key of no name': ['RS256', 'x', (text) => sign('sha256', text, rsa.privateKey)],
    }
    const [alg, kid, signer] = signers[this.algorithm]
    const signed = `${encoded({ alg, kid, typ: 'JWT' })}.${encoded({ ...good, ...this.claims })}`
    return `${signed}.${Buffer.from(signer(Buffer.from(signed))).toString('base64url')}`
  }
}
