// What the parts of the core share: the browser around them, what is kept, and what screens see.
import type { View } from './core'
import type { Outbox } from './outbox'
import type { Store } from './store'
import type { ServerKey } from './types'

/** The browser, so that tests can stand in for it. */
export interface Surroundings {
  /** Of the phone's database. */
  database: string
  fetch: typeof fetch
  /** Whether this browser was bound before, as remembered beside the database; `bound`: remember it. */
  wasBound(bound?: true): boolean
  /** The phone's own clock, ms. */
  now(): number
  /** Calls once after `ms`; the answer takes it back. */
  later(ms: number, call: () => void): () => void
  /** From 0 to 1. */
  random(): number
  /** Shrinks a photo to at most `limit` bytes; `preview` is a `data:` address. Throws where it is no picture. */
  shrink(image: Blob, limit: number): Promise<{ bytes: Uint8Array<ArrayBuffer>; preview: string }>
  /** Bytes that are free for this page; null where the browser does not say. */
  room(): Promise<number | null>
}

/** Not secret: a phone that is locked still sends what waits. */
export interface DeviceRow {
  device: string
  key: ServerKey
  revoked: boolean
}

export interface ClockRow {
  /** Server minus phone, ms. */
  offset: number
  /** The server's time when that was learnt. */
  contact: number
}

export interface Inside {
  around: Surroundings
  store: Store
  outbox: Outbox
  view: View
  device: DeviceRow | null
  clock: ClockRow
  /** When the list on the screens was asked for, by the phone's clock. */
  bookAt?: number
  /** The link of a binding whose answer may have been lost, and the secret it gave the server. */
  binding?: { token: string; secret: Uint8Array<ArrayBuffer> }
  /** The data key, while the phone is open. */
  key: CryptoKey | null
}
