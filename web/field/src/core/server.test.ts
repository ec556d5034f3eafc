// @vitest-environment node
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from './server'

// As in browsers of 2017, which cannot break a request off.
const own = globalThis.AbortController
beforeAll(async () => {
  Reflect.deleteProperty(globalThis, 'AbortController')
  Object.assign(globalThis, { self: globalThis })
  await import('../older')
})
afterAll(() => Object.assign(globalThis, { AbortController: own }))

const never = new Promise<never>(() => undefined)
const hanging = {
  'an answer': () => never,
  'the rest of an answer': async () => ({ status: 200, ok: true, headers: new Headers(), json: () => never }),
}

for (const [what, send] of Object.entries(hanging))
  test(`${what} that never comes is given up where nothing can be broken off`, async () => {
    const control = new AbortController()
    expect(control).not.toBeInstanceOf(own)
    const answer = ask(send as unknown as typeof fetch, 'GET', '/device', {}, undefined, control)
    await new Promise((turn) => setTimeout(turn))
    control.abort()
    expect(await answer).toMatchObject({ status: 0, problem: { code: 'server.unreachable' } })
  })
