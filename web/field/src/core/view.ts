// What screens see before anything is known, and when they begin anew.
import type { View } from './core'

export const emptyView = (): View => ({
  state: 'starting',
  missing: [],
  account: null,
  people: [],
  forms: [],
  proposals: [],
  canvass: null,
  villages: [],
  left_out: 0,
  drafts: [],
  outbox: [],
  counts: { unsent: 0, refused: 0, set_aside: 0 },
  held: [],
  sync: { running: false, last: null, next: null, trouble: null },
  storage: 'enough',
  clock_off: 0,
  training: false,
  update_ready: false,
  turn: 0,
})

/** Screens begin anew, and say why. */
export function turn(view: View, why: View['turned']): void {
  view.turned = why
  view.turn += 1
}
