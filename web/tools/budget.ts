// What browsers load, compressed, held to its limits: before any page can be shown, and with each page after it.
//   node tools/budget.ts
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

interface Chunk {
  file: string
  imports?: string[]
  dynamicImports?: string[]
  css?: string[]
}

class Built {
  readonly folder: string
  readonly chunks: Record<string, Chunk>
  readonly name: string
  constructor(name: string) {
    this.name = name
    this.folder = fileURLToPath(new URL(`../dist/${name}/`, import.meta.url))
    this.chunks = JSON.parse(readFileSync(`${this.folder}.vite/manifest.json`, 'utf8')) as Record<string, Chunk>
  }

  /** The files that come with a chunk. */
  filesOf(name: string, files = new Set<string>()): Set<string> {
    const chunk = this.chunks[name]
    assert.ok(chunk, `${name} is in the manifest`)
    if (files.has(chunk.file)) return files
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    chunk.imports?.forEach((each) => this.filesOf(each, files))
    return files
  }

  hold(what: string, files: Iterable<string>, limit: number): void {
    const sizes = [...files].map((file) => gzipSync(readFileSync(this.folder + file), { level: 9 }).length)
    const sum = sizes.reduce((all, size) => all + size, 0) / 1024
    console.log(`${this.name}, ${what}: ${sizes.length} files, ${sum.toFixed(1)} KB compressed; limit ${limit} KB`)
    assert.ok(sum <= limit, `${this.name}, ${what}`)
  }
}

const desk = new Built('desk')
const shell = desk.filesOf('src/pages/Shell.vue', desk.filesOf('index.html', new Set(['index.html'])))
desk.hold('first load', shell, 140)

const field = new Built('field')
const first = field.filesOf('index.html', field.filesOf('style.css', new Set(['index.html'])))
field.hold('first load', first, 60)
for (const page of field.chunks['index.html']?.dynamicImports ?? [])
  field.hold(
    page,
    [...field.filesOf(page)].filter((file) => !first.has(file)),
    10,
  )
field.hold('service worker', ['sw.js'], 10)
