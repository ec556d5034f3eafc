import vue from '@vitejs/plugin-vue'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { precache } from './precache.ts'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))
/** Styles are in one sheet, so that nothing has to be fetched beside the part of a screen. */
const onePart: Plugin = {
  name: 'one-part',
  enforce: 'pre',
  apply: 'build',
  load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (part) => part()' : undefined),
}

const version = /^project\(tanfang VERSION (\S+)/m.exec(readFileSync(folder('../../CMakeLists.txt'), 'utf8'))?.[1]

export default defineConfig({
  root: folder('.'),
  base: '/',
  plugins: [vue(), onePart, precache(folder('worker/worker.ts'))],
  resolve: { alias: { '@tanfang/shared/': folder('../shared/src/') } },
  define: {
    __VUE_OPTIONS_API__: 'false',
    __VUE_PROD_DEVTOOLS__: 'false',
    __TANFANG_VERSION__: JSON.stringify(version),
  },
  build: {
    outDir: folder('../dist/field'),
    emptyOutDir: true,
    manifest: true,
    target: 'es2018',
    // The content security policy allows no inline script and no data: address of one.
    modulePreload: false,
    // In one piece each, what every screen needs is smaller together than in four, and one request.
    cssCodeSplit: false,
    assetsInlineLimit: 0,
    // The server takes a name with eight or more characters, a digit among them, for one that never changes.
    rollupOptions: {
      output: {
        hashCharacters: 'hex',
        entryFileNames: 'assets/[name]-[hash:12].js',
        chunkFileNames: 'assets/[name]-[hash:12].js',
        assetFileNames: 'assets/[name]-[hash:12].[ext]',
        codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] },
      },
    },
  },
  server: { proxy: { '/api': process.env.TANFANG_SERVER ?? 'http://127.0.0.1:8080' } },
})
