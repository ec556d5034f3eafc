// One phone and one account: bound by an invitation, until an office or ten wrong PINs undo it.
import { base64, random } from './bytes'
import { Refusal } from './core'
import type { DeviceRow, Inside } from './inside'
import { isLoose, takenOff } from './outbox'
import { ask } from './server'
import type { Change } from './store'
import type { DeviceState, Invitation } from './types'
import { lockAway, makeVault, type Box, type VaultRow } from './vault'

/** Kept before the server is asked, so that a phone that dies before the answer is still bound when it wakes. */
interface Joining {
  vault: VaultRow
  secret: Box
  /** The device that this phone was before. */
  before: string | null
}

export async function lookUp(inside: Inside, token: string): Promise<Invitation> {
  const answer = await ask(inside.around.fetch, 'POST', '/device-invitations/lookup', {}, { token })
  if (answer.status !== 200) throw new Refusal(answer.problem)
  return answer.body as Invitation
}

async function bind(inside: Inside, state: DeviceState, joining: Joining): Promise<void> {
  const device: DeviceRow = { device: state.device, key: state.key, revoked: state.state === 'revoked' }
  const contact = Date.parse(state.server_time)
  const clock = { offset: contact - inside.around.now(), contact }
  await inside.store.write([
    { table: 'meta', key: 'device', put: device },
    { table: 'meta', key: 'vault', put: joining.vault },
    { table: 'meta', key: 'secret', put: joining.secret },
    { table: 'meta', key: 'clock', put: clock },
    { table: 'meta', key: 'joining', remove: true },
    { table: 'meta', key: 'book', remove: true },
    { table: 'drafts', clear: true },
  ])
  Object.assign(inside, { device, clock, binding: undefined })
}

/** Whether a binding whose answer was lost, or during which the phone died, had come about. */
export async function adopt(inside: Inside): Promise<boolean> {
  const joining = await inside.store.get<Joining>('meta', 'joining')
  if (!joining) return false
  const answer = await ask(inside.around.fetch, 'GET', '/device')
  const state = answer.body as DeviceState | null
  if (answer.status !== 200 || !state?.device || state.device === joining.before) return false
  await bind(inside, state, joining)
  return true
}

/** Leaves the phone open. Refusal as the server gives it, `pin.form`. */
export async function join(inside: Inside, token: string, pin: string, label: string): Promise<void> {
  const { key, row } = await makeVault(pin)
  // The same link again: the server may have done it and knows this secret.
  const { secret } = inside.binding?.token === token ? inside.binding : { secret: random(32) }
  inside.binding = { token, secret }
  const joining: Joining = {
    vault: row,
    secret: await lockAway(key, 'secret', base64(secret.buffer)),
    before: inside.device?.device ?? null,
  }
  await inside.store.write([{ table: 'meta', key: 'joining', put: joining }])
  const reading_digest = base64(await crypto.subtle.digest('SHA-256', secret))
  const answer = await ask(inside.around.fetch, 'POST', '/devices', {}, { token, label, reading_digest })
  if (answer.status === 201) await bind(inside, answer.body as DeviceState, joining)
  else if (!(await adopt(inside))) throw new Refusal(answer.problem)
  inside.key = key
}

/** People, drafts and PIN go; what waits stays, with the device that sends it. */
export async function emptied(inside: Inside): Promise<void> {
  const loose = inside.outbox.all().filter(isLoose)
  await inside.outbox.write([
    ...['vault', 'secret', 'book', 'joining'].map((key): Change => ({ table: 'meta', key, remove: true })),
    { table: 'drafts', clear: true },
    ...loose.flatMap(({ key }) => takenOff(key)),
  ])
  inside.key = null
}
