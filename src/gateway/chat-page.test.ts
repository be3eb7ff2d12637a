import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createChatPage } from './chat-page.ts'

const BUILT = {
  'index.html': '<!doctype html><title>Parley</title>',
  'assets/index-3fe.js': 'console.log(1)',
  'assets/logo-77a.svg': '<svg/>',
}

/** Asks a server that has the page, and answers what its own routes answer by 404. */
async function serve(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'parley-page-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  const page = createChatPage(folder)
  const server = createServer(async (request, response) => {
    if (!(await page.serve(request.url ?? '', request, response))) response.writeHead(404).end('none of the page')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return (path: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, init)
}

test('each file comes with its type; what has a hash in its name is kept for ever, the page is asked for again', async () => {
  const ask = await serve(BUILT)
  const page = await ask('/')
  expect(await page.text()).toBe(BUILT['index.html'])
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(page.headers.get('cache-control')).toBe('no-cache')
  for (const [path, type] of [
    ['/assets/index-3fe.js', 'text/javascript; charset=utf-8'],
    ['/assets/logo-77a.svg', 'image/svg+xml'],
  ] as const) {
    const { headers } = await ask(path)
    expect(headers.get('content-type')).toBe(type)
    expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  }
})

test('it is compressed for whoever takes that, and not sent again to whoever has it', async () => {
  const ask = await serve(BUILT)
  const { headers } = await ask('/', { headers: { 'accept-encoding': 'gzip' } })
  expect(headers.get('content-encoding')).toBe('gzip')
  expect(headers.get('vary')).toContain('accept-encoding')
  const plain = await ask('/', { headers: { 'accept-encoding': 'identity' } })
  expect(plain.headers.get('content-encoding')).toBeNull()
  expect(await plain.text()).toBe(BUILT['index.html'])
  const again = await ask('/', { headers: { 'if-none-match': headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
})

test('scripts and styles of others are not taken, and no other page may show it in a frame', async () => {
  const policy = (await (await serve(BUILT))('/')).headers.get('content-security-policy') ?? ''
  expect(policy).toMatch(/default-src 'none'.*script-src 'self'.*style-src 'self'.*frame-ancestors 'none'/)
  expect(policy).not.toContain('unsafe')
})

test('nothing beside its files is given, and nothing is taken', async () => {
  const ask = await serve(BUILT)
  for (const path of ['/index.html', '/assets', '/assets/', '/../package.json', '/%2e%2e/package.json', '/elsewhere'])
    expect((await ask(path)).status, path).toBe(404)
  expect((await ask('/', { method: 'POST', body: '' })).status).toBe(404)
  expect(await (await ask('/', { method: 'HEAD' })).text()).toBe('')
})

test('where it is not built the page says which command does it', async () => {
  const answer = await (await serve({}))('/')
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain('npm run build:web')
})
