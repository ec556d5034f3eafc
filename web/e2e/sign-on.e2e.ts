// Signing on through a county's platform, npm's oidc-provider: refused in words, linked by oneself, signed in, unlinked.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { appendFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import Provider from 'oidc-provider'
import type { Page } from 'playwright-core'
import { assertSound, openHouse, settled, type House } from './house.ts'

let house: House
let platform: Server

const listening = async (server: Server) => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return (server.address() as AddressInfo).port
}

/** A port that was free a moment ago: the platform must know it before the desk's server listens. */
async function freePort(): Promise<number> {
  const probe = createServer()
  const port = await listening(probe)
  await new Promise((done) => probe.close(done))
  return port
}

before(async () => {
  platform = createServer()
  const [ours, port] = [await freePort(), await listening(platform)]
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [
      {
        client_id: 'tanfang',
        token_endpoint_auth_method: 'none',
        redirect_uris: [`http://127.0.0.1:${ours}/api/v1/sign-on/callback`],
      },
    ],
    cookies: { keys: ['a key for cookies'] },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'platform', use: 'sig', alg: 'RS256' }] },
  })
  platform.on('request', provider.callback())
  house = await openHouse({
    port: ours,
    prepare: (folder) =>
      appendFileSync(
        `${folder}/settings.toml`,
        `[oidc]\nissuer = "${provider.issuer}"\nclient_id = "tanfang"\nname = "泸县统一平台"\n` +
          `redirect_base = "http://127.0.0.1:${ours}"\n`,
      ),
  })
})
after(async () => {
  await house.close()
  platform.closeAllConnections()
  platform.close()
})

/** The platform's own pages: who one is, and that one agrees. */
async function passPlatform(page: Page, login: string): Promise<void> {
  await page.waitForURL(/\/interaction\//)
  await page.locator('input[name=login]').fill(login)
  await page.locator('input[name=password]').fill('x')
  await page.locator('button[type=submit]').click()
  await page.getByText('Authorize').waitFor()
  await page.locator('button[type=submit]').click()
}
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

test('nobody comes in whom no account is linked to; who linked it comes in, to the page that was asked for', async () => {
  const stranger = await house.enter(null, '/people')
  await button(stranger, '用泸县统一平台登录').waitFor()
  await assertSound(stranger)
  await button(stranger, '用泸县统一平台登录').click()
  await passPlatform(stranger, 'cunju-of-the-platform')
  await stranger.getByRole('alert').getByText('没有绑定可用的账号').waitFor()
  await assertSound(stranger)

  const clerk = await house.enter('cunju', '/me')
  await button(clerk, '绑定').click()
  await passPlatform(clerk, 'cunju-of-the-platform')
  await clerk.getByRole('heading', { level: 1, name: '我的账号' }).waitFor()
  await assertSound(clerk)

  const arriving = await house.enter(null, '/people')
  await button(arriving, '用泸县统一平台登录').click()
  await passPlatform(arriving, 'cunju-of-the-platform')
  await arriving.getByRole('heading', { level: 1, name: '老年人' }).waitFor()
  await arriving.getByRole('link', { name: 'cunju的姓名' }).waitFor()

  await button(clerk, '解除绑定').click()
  await clerk.getByText('已解除绑定').waitFor()
})

test('an office links an account of its own and ends the link', async () => {
  const page = await house.enter('quxian', '/accounts')
  await settled(page)
  await page.getByRole('link', { name: 'zhenjie的姓名' }).click()
  await page.getByLabel('平台用户标识').fill('zhenjie-of-the-platform')
  await assertSound(page)
  await button(page, '绑定').click()
  await page.getByText('已绑定').waitFor()
  const arriving = await house.enter(null)
  await button(arriving, '用泸县统一平台登录').click()
  await passPlatform(arriving, 'zhenjie-of-the-platform')
  await arriving.getByRole('link', { name: 'zhenjie的姓名' }).waitFor()
  await button(page, '解除绑定').click()
  await page.getByText('已解除绑定').waitFor()
})

test('each refusal says what to do, in both languages, and never its code', async () => {
  for (const code of ['sign_on.unreachable', 'sign_on.declined', 'identity.sign_on_over', 'something.new']) {
    const page = await house.enter(null, '/../sign-in?refused=' + code)
    const refusal = page.getByRole('alert')
    assert.match(await refusal.innerText(), /请/, code)
    assert.doesNotMatch(await refusal.innerText(), /[a-z]/, code)
    await button(page, 'English').click()
    await refusal
      .getByText(/again|password/)
      .first()
      .waitFor()
    await assertSound(page)
    await page.context().close()
  }
})
