// Pictures that prove a visit: made small enough, sent by the digest of their content, looked at one by one.
import { api } from './api'

export const most = 10
const largest = 1_500_000
const side = 2000

/** As it is where it is small, else a JPEG of at most 2000 pixels a side; null where the browser cannot read it. */
export async function shrink(file: File): Promise<Blob | null> {
  if (file.size <= largest && ['image/jpeg', 'image/png'].includes(file.type)) return file
  const picture = await createImageBitmap(file).catch(() => null)
  if (!picture) return null
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  return new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.85))
}

const hex = (bytes: ArrayBuffer) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Sends a picture; resolves to the digest that the record names it by. */
export async function put(picture: Blob): Promise<string> {
  const digest = hex(await crypto.subtle.digest('SHA-256', await picture.arrayBuffer()))
  await api.PUT('/attachments/{digest}', {
    params: { path: { digest } },
    body: picture as never,
    bodySerializer: (content: unknown) => content as Blob,
    headers: { 'Content-Type': picture.type },
  })
  return digest
}

/** The content as an address for `img`; each call stands in the trail. Who asks gives the address back. */
export async function load(digest: string): Promise<string> {
  const { data } = await api.GET('/attachments/{digest}', { params: { path: { digest } }, parseAs: 'blob' })
  return URL.createObjectURL(data as unknown as Blob)
}
