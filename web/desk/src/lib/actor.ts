// Who did something, as the trail names them: `account:<login>`, `command:<user>` or `job:<name>`.
import { i18n } from './language'

/** The login of a person; what was done by nobody at a desk is said in words. */
export function actorName(actor: string | undefined): string {
  const [kind = '', name = ''] = (actor ?? '').split(/:(.*)/)
  if (kind === 'command' || kind === 'job') return i18n.global.t(`actor.${kind}`)
  return kind === 'account' ? name : (actor ?? '')
}
