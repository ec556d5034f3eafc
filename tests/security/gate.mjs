// Between sqlmap and the server: signs each request as one who may make it, puts fresh values where a second delivery
// would be refused before it comes to the database, and counts the answers.
import { Agent, createServer, request as ask } from 'node:http'

/** The number of somebody born on 2 March 1940 or a later day of that decade, another each time. */
export function citizenNumber(serial) {
  const day = new Date(Date.UTC(1940, 2, 2 + (serial % 3000))).toISOString().slice(0, 10).replaceAll('-', '')
  const digits = `510521${day}${String(serial % 1000).padStart(3, '0')}`
  const sum = [...digits].reduce((so, digit, place) => so + Number(digit) * (2 ** (17 - place) % 11), 0)
  return digits + '10X98765432'[sum % 11]
}

export class Gate {
  agent = new Agent({ keepAlive: true })
  serial = 0

  /** `bytes`: what stands for a body that is `0picture0`. */
  static async open(port, bytes) {
    const gate = new Gate()
    Object.assign(gate, { port, bytes })
    gate.server = createServer((incoming, response) => gate.pass(incoming, response))
    await new Promise((done) => gate.server.listen(0, '127.0.0.1', done))
    gate.base = `http://127.0.0.1:${gate.server.address().port}`
    return gate
  }

  close() {
    this.agent.destroy()
    this.server.closeAllConnections()
    return new Promise((done) => this.server.close(done))
  }

  /** From now on requests are this one, made by the session that `signIn` gives; `make` gives what `0made0` names. */
  expect({ signIn, make }) {
    Object.assign(this, { signIn, make, statuses: [], faults: [] })
  }

  async pass(incoming, response) {
    const sent = Buffer.concat(await incoming.toArray())
    const made = this.make ? await this.make(++this.serial) : ''
    const fresh = (text) => {
      const serial = ++this.serial
      return text.replaceAll('0fresh0', `fresh-${serial}`).replaceAll('0made0', made).replaceAll('0citizen0', citizenNumber(serial))
    }
    const body = sent.toString().startsWith('0picture0') ? this.bytes : Buffer.from(fresh(sent.toString()))
    const headers = await this.heads(incoming, body.length, fresh)
    const onward = ask({ agent: this.agent, port: this.port, method: incoming.method, path: fresh(incoming.url), headers })
    onward.on('response', (answer) => {
      this.statuses.push(answer.statusCode)
      if (answer.statusCode === 500) this.faults.push(`${answer.statusCode} to ${incoming.method} ${incoming.url} ${sent}`)
      response.writeHead(answer.statusCode, answer.headers)
      // A stream of events has no end: that it began is the answer.
      if (!answer.headers['content-type']?.startsWith('text/event-stream')) return answer.pipe(response)
      response.end()
      answer.destroy()
    })
    onward.on('error', (error) => {
      this.faults.push(`${error.message} at ${incoming.method} ${incoming.url} ${sent}`)
      response.destroy()
    })
    onward.end(body)
  }

  async heads(incoming, length, fresh) {
    const jar = await this.signIn?.()
    const named = {}
    for (const name of ['content-type', 'if-match', 'idempotency-key', 'authorization', 'cookie', 'x-csrf-token', 'x-tanfang-device', 'x-tanfang-reading']) {
      if (incoming.headers[name] !== undefined) named[name] = fresh(incoming.headers[name])
    }
    // Edits are of whatever state the file has by now.
    if (named['if-match'] === 'tanfang') named['if-match'] = '*'
    const signed = jar && !named.authorization ? { cookie: jar.header, 'x-csrf-token': jar.csrf } : {}
    return { host: 'localhost', 'content-length': length, ...signed, ...named }
  }
}
