// Writes a `.gz` beside each text file of a folder that a browser asks for; the server sends those as they are.
//   node tools/compress.ts dist/desk
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'

const folder = process.argv[2]
if (!folder) throw new Error('usage: node tools/compress.ts FOLDER')
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(js|css|html|svg|json)$/.test(name)) continue
  const content = readFileSync(join(folder, name))
  if (content.length < 1024) continue
  writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: constants.Z_BEST_COMPRESSION }))
}
