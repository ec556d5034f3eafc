// Seals what waits so that only the server opens it; sending needs no PIN.
import { base64, fromBase64, random, utf8 } from './bytes'
import type { Kind, Sealed, ServerKey } from './types'

/** As it rests on the phone: bytes, not words. */
export interface SealedBytes {
  key_id: string
  wrapped_key: ArrayBuffer
  iv: ArrayBuffer
  data: ArrayBuffer
}

const oaep = { name: 'RSA-OAEP', hash: 'SHA-256' }

/** One key for each part; the device, kind and key that it goes under cannot be changed on the way. */
export async function seal(
  server: ServerKey,
  device: string,
  kind: Kind,
  key: string,
  content: Uint8Array<ArrayBuffer>,
): Promise<SealedBytes> {
  const to = await crypto.subtle.importKey('spki', fromBase64(server.spki), oaep, false, ['encrypt'])
  const raw = random(32)
  const own = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt'])
  const iv = random(12).buffer
  const additionalData = utf8(`tanfang-parcel-1|${device}|${kind}|${key}`)
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, own, content)
  return { key_id: server.id, wrapped_key: await crypto.subtle.encrypt(oaep, to, raw), iv, data }
}

export const worded = (sealed: SealedBytes): Sealed => ({
  key_id: sealed.key_id,
  wrapped_key: base64(sealed.wrapped_key),
  iv: base64(sealed.iv),
  data: base64(sealed.data),
})
