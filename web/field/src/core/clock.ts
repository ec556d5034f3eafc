// The phone's clock may be wrong by days, and may be set right in between. Times of a record are kept as the phone's
// clock had them; the server moves them by how far that clock was off.

/** What is known when something is saved: the phone's clock, and the server's at their last contact (all ms). */
export interface Reading {
  at: number
  /** Server minus phone, as last learnt. */
  offset: number
  /** The server's time when it was learnt. */
  contact: number
}

const steady = 300_000

/**
 * What to say is the time of sending, so that the server's correction puts the record where it was saved. That is the
 * phone's clock, unless the clock was changed since: then the one it ran on when the record was saved.
 */
export function sentAt(saved: Reading, now: { at: number; offset: number }): number {
  const server = now.at + now.offset
  // Nothing was saved before its last contact: where it says so, the clock had been reset.
  const possible = saved.at + saved.offset >= saved.contact - steady
  if (possible && Math.abs(now.offset - saved.offset) <= steady) return now.at
  // It was saved after the last contact before it, and before now; whichever clock says so is believed.
  const offset = [now.offset, saved.offset].find((each) => {
    const at = saved.at + each
    return at >= saved.contact - steady && at <= server + steady
  })
  // Neither does: the clock had been reset meanwhile. It counts as just now.
  return offset === undefined ? saved.at : server - offset
}

/** How far screens are ahead of the phone's clock: it is never earlier than the last contact, whatever a reset clock says. */
export const aheadOf = (clock: { offset: number; contact: number }, at: number): number =>
  Math.max(clock.offset, clock.contact - at)

/** An instant in the time of China. */
export function stampOf(ms: number): string {
  return new Date(ms + 8 * 3600_000).toISOString().replace(/\.\d+Z$/, '+08:00')
}

const times = new Set(['started_at', 'ended_at', 'at'])
const dates = new Set(['next_on', 'on', 'from', 'to'])

/** A date moved by whole days, to the nearest. */
function movedDate(date: string, ms: number): string {
  const days = Math.sign(ms) * Math.floor((Math.abs(ms) + 43_200_000) / 86_400_000)
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The same record with its times and dates moved by `ms`, as the server moves them back. */
export function moved<T>(content: T, ms: number): T {
  if (ms === 0) return content
  const walk = (value: unknown, name: string): unknown => {
    if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) {
      if (times.has(name)) return stampOf(Date.parse(value) + ms)
      if (dates.has(name)) return movedDate(value, ms)
    }
    if (Array.isArray(value)) return value.map((each) => walk(each, ''))
    if (value === null || typeof value !== 'object') return value
    // Answers are the form's own words, whatever their codes look like.
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, key === 'answers' ? each : walk(each, key)]),
    )
  }
  return walk(content, '') as T
}
