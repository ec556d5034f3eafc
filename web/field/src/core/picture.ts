// Photos made small on the phone: 300 KB or less, without what a camera writes into them.
import { fromBase64 } from './bytes'

const sides = [1600, 1280, 1024, 800, 640, 480]
const qualities = [0.8, 0.65, 0.5]

/** The first that fits, from the best on. */
export async function firstThatFits<T extends { size: number }>(
  make: (side: number, quality: number) => Promise<T>,
  limit: number,
): Promise<T | null> {
  for (const side of sides) {
    for (const quality of qualities) {
      const made = await make(side, quality)
      if (made.size <= limit) return made
    }
  }
  return null
}

function load(image: Blob): Promise<HTMLImageElement> {
  const address = URL.createObjectURL(image)
  return new Promise<HTMLImageElement>((resolve, reject) => {
    const element = new Image()
    element.onload = () => resolve(element)
    element.onerror = () => reject(new Error('not a picture'))
    element.src = address
  }).finally(() => setTimeout(() => URL.revokeObjectURL(address), 10_000))
}

function draw(image: HTMLImageElement, side: number): HTMLCanvasElement {
  const scale = Math.min(1, side / Math.max(image.naturalWidth, image.naturalHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(image.naturalWidth * scale))
  canvas.height = Math.max(1, Math.round(image.naturalHeight * scale))
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('no canvas')
  // A signature may be drawn on nothing, which JPEG would make black.
  pen.fillStyle = '#ffffff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(image, 0, 0, canvas.width, canvas.height)
  return canvas
}

/** Without memory for it, a browser gives an empty picture or one of another kind. */
export function decoded(address: string): Uint8Array<ArrayBuffer> {
  if (!address.startsWith('data:image/jpeg;base64,')) throw new Error('no memory for the picture')
  return fromBase64(address.slice(address.indexOf(',') + 1))
}

/** JPEG of at most `limit` bytes and a preview of it. */
export async function shrink(image: Blob, limit: number): Promise<{ bytes: Uint8Array<ArrayBuffer>; preview: string }> {
  const picture = await load(image)
  const made = await firstThatFits(async (side, quality) => {
    const bytes = decoded(draw(picture, side).toDataURL('image/jpeg', quality))
    return { bytes, size: bytes.length }
  }, limit)
  if (!made) throw new Error('too large')
  return { bytes: made.bytes, preview: draw(picture, 160).toDataURL('image/jpeg', 0.6) }
}
