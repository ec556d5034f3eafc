// What an encrypted ZIP holds, opened as 7-Zip and WPS do (AES-256 as WinZip writes it).
import assert from 'node:assert/strict'
import { createCipheriv, createHmac, pbkdf2Sync } from 'node:crypto'

/** Counts blocks from 1, the lowest byte first. */
function decrypt(key: Buffer, data: Buffer): Buffer {
  const counters = Buffer.alloc(Math.ceil(data.length / 16) * 16)
  for (let i = 0; i * 16 < counters.length; ++i) counters.writeUInt32LE(i + 1, i * 16)
  const stream = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false).update(counters)
  return Buffer.from(data.map((byte, i) => byte ^ (stream[i] as number)))
}

/** The name and content of the one file in it; null where the password is not its own. */
export function unseal(zip: Buffer, password: string): { name: string; content: Buffer } | null {
  const entry = zip.readUInt32LE(zip.lastIndexOf('PK\u0005\u0006') + 16)
  const local = zip.readUInt32LE(entry + 42)
  assert.equal(zip.readUInt16LE(entry + 8) & 1, 1, 'it is encrypted')
  assert.equal(zip.readUInt16LE(entry + 10), 99, 'by AES')
  const begin = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
  const sealed = zip.subarray(begin, begin + zip.readUInt32LE(entry + 20))
  const salt = sealed.subarray(0, 16)
  const data = sealed.subarray(18, -10)
  const keys = pbkdf2Sync(password, salt, 1000, 66, 'sha1')
  if (!keys.subarray(64).equals(sealed.subarray(16, 18))) return null
  const mac = createHmac('sha1', keys.subarray(32, 64)).update(data).digest().subarray(0, 10)
  if (!mac.equals(sealed.subarray(-10))) return null
  const name = zip.subarray(entry + 46, entry + 46 + zip.readUInt16LE(entry + 28)).toString('utf8')
  return { name, content: decrypt(keys.subarray(0, 32), data) }
}
