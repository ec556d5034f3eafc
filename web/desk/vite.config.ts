import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { ElementPlusResolver } from 'unplugin-vue-components/resolvers'
import components from 'unplugin-vue-components/vite'
import { defineConfig } from 'vite'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: folder('.'),
  base: '/desk/',
  plugins: [
    vue(),
    components({ dirs: [], dts: folder('components.d.ts'), resolvers: [ElementPlusResolver({ importStyle: 'css' })] }),
  ],
  resolve: { alias: { '@/': folder('src/'), '@tanfang/shared/': folder('../shared/src/') } },
  define: { __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false' },
  build: {
    outDir: folder('../dist/desk'),
    emptyOutDir: true,
    manifest: true,
    target: ['es2020', 'chrome87'],
    // The content security policy allows no inline script and no data: address of one.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    // The server takes a name with eight or more characters, a digit among them, for one that never changes.
    rollupOptions: {
      output: {
        hashCharacters: 'hex',
        entryFileNames: 'assets/[name]-[hash:12].js',
        chunkFileNames: 'assets/[name]-[hash:12].js',
        assetFileNames: 'assets/[name]-[hash:12].[ext]',
      },
    },
  },
  server: { proxy: { '/api': process.env.TANFANG_SERVER ?? 'http://127.0.0.1:8080' } },
})
