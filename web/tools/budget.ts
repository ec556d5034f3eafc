// What a browser loads before any page can be shown, compressed, held to its limit.
//   node tools/budget.ts
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

interface Chunk {
  file: string
  imports?: string[]
  css?: string[]
}

const folder = fileURLToPath(new URL('../dist/desk/', import.meta.url))
const manifest = JSON.parse(readFileSync(`${folder}.vite/manifest.json`, 'utf8')) as Record<string, Chunk>
const limit = 140 * 1024

const files = new Set<string>(['index.html'])
function load(name: string): void {
  const chunk = manifest[name]
  assert.ok(chunk, `${name} is in the manifest`)
  if (files.has(chunk.file)) return
  for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
  chunk.imports?.forEach(load)
}
load('index.html')
load('src/pages/Shell.vue')

const sizes = [...files].map((file) => gzipSync(readFileSync(folder + file), { level: 9 }).length)
const sum = sizes.reduce((all, size) => all + size, 0)
console.log(`first load: ${files.size} files, ${(sum / 1024).toFixed(1)} KB compressed; limit ${limit / 1024} KB`)
assert.ok(sum <= limit)
