import { afterEach, expect, test, vi } from 'vitest'
import { makeClient, type SessionKeeper } from './client'
import { ProblemError } from './problem'

const answer = (status: number, body: unknown) =>
  new Response(status === 204 ? null : JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  })
const problem = (status: number, code: string) =>
  answer(status, { code, status, type: '', title: '', detail: '说明', detail_en: 'words', request: 'r' })

const base = 'http://localhost'
function clientOf(keeper: Partial<SessionKeeper>, ...answers: (Response | Error)[]) {
  const asked: Request[] = []
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(request)
    const next = answers.shift() as Response | Error
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next)
  })
  const client = makeClient({ csrf: () => 'proof', renew: () => Promise.resolve(false), ...keeper }, base)
  return { client, asked }
}
const caught = async (call: Promise<unknown>) => {
  const error = await call.then(() => null).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(ProblemError)
  return error as ProblemError
}

afterEach(() => vi.unstubAllGlobals())

test('a change carries the proof, a look does not', async () => {
  const { client, asked } = clientOf({}, answer(200, {}), answer(204, null))
  await client.GET('/session')
  await client.DELETE('/session')
  expect(asked[0]?.headers.get('X-CSRF-Token')).toBeNull()
  expect(asked[1]?.headers.get('X-CSRF-Token')).toBe('proof')
})

test('a refusal is thrown with its words and fields', async () => {
  const refused = answer(422, {
    code: 'request.invalid',
    status: 422,
    detail: '填写有误',
    detail_en: 'invalid',
    fields: [{ field: 'name', code: 'x', detail: '缺姓名', detail_en: 'no name' }],
  })
  const error = await caught(clientOf({}, refused).client.GET('/session'))
  expect(error.text('zh')).toBe('填写有误')
  expect(error.field('name', 'en')).toBe('no name')
  expect(error.field('phone', 'en')).toBeUndefined()
})

test('a call that finds the session over goes on after signing in again', async () => {
  const renew = vi.fn(() => Promise.resolve(true))
  const { client, asked } = clientOf({ renew }, problem(401, 'session.needed'), answer(204, null))
  await client.PUT('/session/password', { body: { old_password: 'a', new_password: 'b' } })
  expect(renew).toHaveBeenCalledOnce()
  expect(await asked[1]?.json()).toEqual({ old_password: 'a', new_password: 'b' })
})

test('another 401 is a refusal like any', async () => {
  const renew = vi.fn(() => Promise.resolve(true))
  const error = await caught(clientOf({ renew }, problem(401, 'identity.code_wrong')).client.GET('/session'))
  expect(error.code).toBe('identity.code_wrong')
  expect(renew).not.toHaveBeenCalled()
})

test('no connection, and an answer of somebody else, are said in words', async () => {
  const lost = await caught(clientOf({}, new TypeError('network')).client.GET('/session'))
  expect(lost.code).toBe('browser.unreachable')
  const page = new Response('<html>', { status: 502 })
  expect((await caught(clientOf({}, page).client.GET('/session'))).code).toBe('browser.unexplained')
})
