// Bytes and the words that they travel as.
export const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

export const text = (bytes: ArrayBuffer): string => new TextDecoder().decode(bytes)

export function base64(bytes: ArrayBuffer): string {
  const view = new Uint8Array(bytes)
  let letters = ''
  // In pieces, as a call takes only so many arguments.
  for (let i = 0; i < view.length; i += 8192) letters += String.fromCharCode(...view.subarray(i, i + 8192))
  return btoa(letters)
}

export function fromBase64(words: string): Uint8Array<ArrayBuffer> {
  const letters = atob(words)
  const bytes = new Uint8Array(letters.length)
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i)
  return bytes
}

export const hex = (bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): string =>
  Array.from(new Uint8Array(bytes), (each) => each.toString(16).padStart(2, '0')).join('')

export function random(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length))
}

/** For what is sent or kept under a name of its own. */
export const newKey = (): string => hex(random(16))
