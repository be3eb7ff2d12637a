/** The chat page: the files that `npm run build:web` has made, read and compressed once. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

const BUILT = join(import.meta.dirname, '../../web/dist')

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Scripts, styles and sockets of this origin alone; pictures of users come from wherever they are. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' https:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const GUARDS = {
  'content-security-policy': POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
}

interface File {
  plain: Buffer
  compressed: Buffer
  headers: Record<string, string>
}

/** Of the files that are below `folder` when it is first asked. */
export function createChatPage(folder = BUILT) {
  let files: Promise<Map<string, File>> | null = null

  return {
    /** Whether there is such a file; it is answered then. */
    async serve(path: string, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
      if (request.method !== 'GET' && request.method !== 'HEAD') return false
      files ??= filesIn(folder)
      const file = (await files).get(path)
      if (file) answer(file, request, response)
      else if (path === '/')
        response.writeHead(404, { ...GUARDS, 'content-type': 'text/html; charset=utf-8' }).end(NOT_BUILT)
      return file !== undefined || path === '/'
    },
  }
}

function answer({ plain, compressed, headers }: File, request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('vary', 'origin, accept-encoding')
  if (request.headers['if-none-match'] === headers.etag) response.writeHead(304, headers).end()
  else if (/\bgzip\b/.test(request.headers['accept-encoding'] ?? ''))
    response.writeHead(200, { ...headers, 'content-encoding': 'gzip' }).end(compressed)
  else response.writeHead(200, headers).end(plain)
}

/** By the path that they are asked by. None where nothing was built. */
async function filesIn(folder: string): Promise<Map<string, File>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return new Map(
    await Promise.all(
      files.map(async (file): Promise<[string, File]> => {
        const path = file.slice(folder.length).replaceAll('\\', '/')
        return [path === '/index.html' ? '/' : path, await read(file, path)]
      }),
    ),
  )
}

async function read(file: string, path: string): Promise<File> {
  const plain = await readFile(file)
  return {
    plain,
    compressed: await promisify(gzip)(plain),
    headers: {
      ...GUARDS,
      'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
      // What is below assets/ has a hash of its content in its name.
      'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    },
  }
}

const NOT_BUILT = `<!doctype html><html lang="en"><title>Parley</title>
<h1>The chat page is not built</h1>
<p>Parley runs, but its page is not there. It is made by <code>npm ci</code> with devDependencies, or by
<code>npm run build:web</code>; start the server again then.</p>
<p>The API is at <a href="/graphql">/graphql</a>.</p></html>
`
