/** `npm run build:client`: the kit as ESM with its types, in client/dist. Prints how large it is, and fails where that is too much. */
import { spawnSync } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'

const MAX_GZIP_KB = 25
/** The libraries that an application has already, or does not want. */
const isOfTheApplication = /^(react|graphql|relay-runtime|@apollo\/client|@urql\/[\w-]+)(\/|$)/
const CLIENT = join(import.meta.dirname, '../client')
const DIST = join(CLIENT, 'dist')

await rm(DIST, { recursive: true, force: true })
await build({
  root: CLIENT,
  configFile: false,
  logLevel: 'warn',
  plugins: [
    {
      name: 'documents-without-spaces',
      transform: (code, id) => (isDocuments(id) ? { code: withoutSpaces(code), map: null } : null),
    },
  ],
  build: {
    outDir: DIST,
    target: 'es2022',
    minify: true,
    sourcemap: true,
    lib: {
      entry: {
        index: join(CLIENT, 'index.ts'),
        react: join(CLIENT, 'react.ts'),
        apollo: join(CLIENT, 'apollo.ts'),
        relay: join(CLIENT, 'relay.ts'),
        urql: join(CLIENT, 'urql.ts'),
        storage: join(CLIENT, 'storage/index.ts'),
      },
      formats: ['es'],
    },
    rolldownOptions: { external: isOfTheApplication, output: { minify: true, chunkFileNames: '[name].js' } },
  },
})
const types = spawnSync(
  'tsc',
  ['-p', CLIENT, '--noEmit', 'false', '--declaration', '--emitDeclarationOnly', '--outDir', join(DIST, 'types')],
  { stdio: 'inherit' },
)
if (types.status !== 0) process.exit(types.status ?? 1)

/** Documents are laid out for people; the server does not need that. */
function withoutSpaces(code: string): string {
  return code.replace(/\n\s*/g, ' ')
}

function isDocuments(id: string): boolean {
  return id.endsWith('client/generated/graphql.ts')
}

/** With all that it loads. */
async function sizeOf(entry: string): Promise<{ bytes: number; gzip: number }> {
  const loaded = await loadedBy(entry)
  const codes = await Promise.all([...loaded].map((file) => readFile(join(DIST, file))))
  const whole = Buffer.concat(codes)
  return { bytes: whole.length, gzip: codes.reduce((sum, code) => sum + gzipSync(code, { level: 9 }).length, 0) }
}

async function loadedBy(file: string, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(file)) return seen
  seen.add(file)
  const code = await readFile(join(DIST, file), 'utf8')
  for (const [, other = ''] of code.matchAll(/from\s*["']\.\/([^"']+)["']/g)) await loadedBy(other, seen)
  for (const [, other = ''] of code.matchAll(/import\s*["']\.\/([^"']+)["']/g)) await loadedBy(other, seen)
  return seen
}

const kb = (bytes: number) => Math.round((bytes / 1024) * 100) / 100

const names = ['index.js', 'react.js', 'storage.js', 'apollo.js', 'relay.js', 'urql.js']
const sizes = await Promise.all(names.map(async (name) => ({ name, ...(await sizeOf(name)) })))
for (const { name, bytes, gzip } of sizes)
  console.log(`${name.padEnd(12)} ${kb(bytes)} KB, ${kb(gzip)} KB gzipped, with what it loads`)
const gzipKb = kb(sizes[0]?.gzip ?? Number.POSITIVE_INFINITY)
console.log(JSON.stringify({ gzip_kb: gzipKb, max_gzip_kb: MAX_GZIP_KB }))
if (gzipKb > MAX_GZIP_KB) process.exitCode = 1
