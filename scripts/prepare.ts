/** `npm ci` ends with this: the chat page, where there is what it is built with. After `npm ci --omit=dev` there is not, and nothing is done. */
import { existsSync } from 'node:fs'

if (existsSync('node_modules/vite')) {
  const { build } = await import('vite')
  await build({ root: 'web', logLevel: 'warn' })
}
