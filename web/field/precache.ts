// Builds the worker that opens the application without a network, with the list of files that it keeps.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Plugin } from 'vite'

/** Paths below the folder, in order, without what begins with a dot. */
const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile() && !each.name.startsWith('.') && !each.parentPath.includes('/.'))
    .map((each) => join(each.parentPath, each.name).slice(folder.length + 1))
    .filter((path) => !path.endsWith('.gz') && path !== 'sw.js')
    .sort()

/** `worker`: its source. It lands as `sw.js` beside `index.html`, where it may answer for every page. */
export function precache(worker: string): Plugin {
  let folder = ''
  return {
    name: 'precache',
    apply: 'build',
    configResolved: (config) => void (folder = config.build.outDir),
    closeBundle: async () => {
      const files = filesOf(folder)
      const digest = createHash('sha256')
      for (const path of files) digest.update(path).update(readFileSync(join(folder, path)))
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: {
          __FILES__: JSON.stringify(files.map((path) => (path === 'index.html' ? '/' : `/${path}`))),
          __VERSION__: JSON.stringify(digest.digest('hex').slice(0, 12)),
        },
        build: {
          outDir: folder,
          emptyOutDir: false,
          target: 'es2018',
          rollupOptions: { input: worker, output: { format: 'iife', entryFileNames: 'sw.js' } },
        },
      })
    },
  }
}
