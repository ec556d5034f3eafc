// Visit records as the screens show them.
import type { Schemas } from './api'

export interface Finding {
  indicator: string
  given: string
  effect: string
}
export type Visit = Schemas['Visit']

/** What is said of a visit's person that is not well or got worse. */
export function worrying(findings: unknown): Finding[] {
  return ((findings ?? []) as Finding[]).filter((each) => ['poor', 'fair', 'down'].includes(each.effect))
}
