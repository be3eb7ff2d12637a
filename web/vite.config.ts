import { defineConfig } from 'vite'

// No inline script, style or data: the page's policy (src/gateway/chat-page.ts) takes none.
export default defineConfig({
  build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
})
