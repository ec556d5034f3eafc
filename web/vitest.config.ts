import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@/': folder('desk/src/'), '@tanfang/shared/': folder('shared/src/') } },
  test: { environment: 'happy-dom', testTimeout: 60_000, include: ['{desk,field,shared,tools}/**/*.test.ts'] },
})
