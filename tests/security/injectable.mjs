// A server that puts what it is sent into the text of its SQL, and one route that does not: what sqlmap must and must not
// find before its silence about another server means anything.
import { createServer } from 'node:http'
import { DatabaseSync } from 'node:sqlite'

const database = new DatabaseSync(':memory:')
database.exec("create table people (id integer, name text); insert into people values (1, 'Zhang'), (2, 'Li'), (3, 'Wang')")

const people = (text, ...values) => database.prepare(`select id, name from people where ${text}`).all(...values)
const routes = {
  path: (request) => people(`id = ${decodeURIComponent(request.url.pathname.split('/')[2])}`),
  query: (request) => people(`name = '${request.url.searchParams.get('name')}'`),
  body: (request) => people(`name like '${JSON.parse(request.body).filter.name}%'`),
  header: (request) => people(`name = '${request.headers['x-name']}'`),
  bound: (request) => people('name = ?', request.url.searchParams.get('name')),
}

/** What is asked of it, with the inputs marked. */
export const questions = [
  { name: 'path', method: 'GET', path: '/path/1*' },
  { name: 'query', method: 'GET', path: '/query?name=Zhang*' },
  { name: 'body', method: 'POST', path: '/body', headers: { 'Content-Type': 'application/json' }, body: '{"filter":{"name":"Zh*"}}' },
  { name: 'header', method: 'GET', path: '/header', headers: { 'X-Name': 'Zhang*' } },
  { name: 'bound', method: 'GET', path: '/bound?name=Zhang*' },
]

export async function openInjectable() {
  const server = createServer(async (incoming, response) => {
    const parts = await incoming.toArray()
    const url = new URL(incoming.url, 'http://localhost')
    try {
      const found = routes[url.pathname.split('/')[1]]({ url, headers: incoming.headers, body: Buffer.concat(parts).toString() })
      response.end(JSON.stringify(found))
    } catch {
      response.writeHead(500).end('failed')
    }
  })
  await new Promise((done) => server.listen(0, '127.0.0.1', done))
  return server
}
