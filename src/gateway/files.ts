/** Objects that this server keeps itself, and exports, by signed URLs alone: a PUT stores one, a GET answers one. Who may was decided when the URL was made. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { openArchive } from '../accounts/export-archive.ts'
import type { Exports } from '../accounts/exports.ts'
import { WrongSize } from '../lib/exactly.ts'
import { disposition } from '../lib/file-names.ts'
import { FILES_PATH, type Granted, type OwnUrls } from '../lib/own-urls.ts'
import type { Objects } from '../objects/objects.ts'

interface Dependencies {
  objects: Objects
  exports: Pick<Exports, 'parts'>
  urls: OwnUrls
}

/** What was uploaded is nobody's page: it runs nothing, and is what it says that it is. */
const GUARDS = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'cross-origin',
  // The URL is all that is needed, so it matters not whose page asks.
  'access-control-allow-origin': '*',
}

export type Files = ReturnType<typeof createFiles>

export function createFiles({ objects, exports, urls }: Dependencies) {
  return {
    isFile: (path: string): boolean => path.startsWith(FILES_PATH),

    async serve(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
      for (const [name, value] of Object.entries(GUARDS)) response.setHeader(name, value)
      if (request.method === 'OPTIONS') return preflight(response)
      const granted = urls.granted(path)
      const isRead = request.method === 'GET' || request.method === 'HEAD'
      if (!granted || (granted.may === 'PUT' ? request.method !== 'PUT' : !isRead))
        return refuse(response, 403, 'This URL allows nothing, or not any more')
      if (granted.may === 'PUT') return store(objects, granted, { request, response })
      const content = await (granted.may === 'GET'
        ? objectOf(objects, granted)
        : exportOf({ exports, objects }, granted))
      return answer(content, granted.until, { request, response })
    },
  }
}

interface Exchange {
  request: IncomingMessage
  response: ServerResponse
}

function preflight(response: ServerResponse): void {
  response
    .writeHead(204, {
      'access-control-allow-methods': 'GET, HEAD, PUT',
      'access-control-allow-headers': 'content-type, range',
      'access-control-max-age': '86400',
    })
    .end()
}

async function store(
  objects: Objects,
  { key, bytes, contentType }: Extract<Granted, { may: 'PUT' }>,
  { request, response }: Exchange,
): Promise<void> {
  const { headers } = request
  if (headers['content-length'] === undefined) return refuse(response, 411, 'Send a content-length')
  if (headers['content-length'] !== String(bytes)) return refuse(response, 403, `This URL takes ${bytes} bytes`)
  if (headers['content-type'] !== contentType) return refuse(response, 403, `This URL takes ${contentType}`)
  try {
    await objects.put(key, request, { bytes, contentType })
  } catch (error) {
    if (request.aborted || error instanceof WrongSize) return void response.destroy()
    throw error
  }
  response.writeHead(200, { 'content-length': 0 }).end()
}

interface Content {
  bytes: number
  contentType: string
  disposition: string
  read(range: { first: number; last: number }): Promise<Readable | null> | Readable
}

async function objectOf(
  objects: Objects,
  { key, contentType, disposition }: Extract<Granted, { may: 'GET' }>,
): Promise<Content | null> {
  const bytes = await objects.size(key)
  return bytes === null ? null : { bytes, contentType, disposition, read: (range) => objects.read(key, range) }
}

async function exportOf(
  parts: Pick<Dependencies, 'exports' | 'objects'>,
  name: Extract<Granted, { may: 'EXPORT' }>,
): Promise<Content | null> {
  const archive = await openArchive(parts, name)
  return archive && { ...archive, contentType: 'application/zip', disposition: disposition('attachment', 'export.zip') }
}

async function answer(content: Content | null, until: number, { request, response }: Exchange): Promise<void> {
  if (content === null) return refuse(response, 404, 'It is no longer there')
  const { bytes, contentType, disposition } = content
  const range = rangeOf(request.headers.range, bytes)
  if (range === 'NONE') {
    response.setHeader('content-range', `bytes */${bytes}`)
    return refuse(response, 416, 'There are no such bytes')
  }
  const { first, last } = range ?? { first: 0, last: bytes - 1 }
  const stream = request.method === 'HEAD' ? null : await content.read({ first, last })
  response.writeHead(range ? 206 : 200, {
    'content-type': contentType,
    'content-disposition': disposition,
    'content-length': last - first + 1,
    'accept-ranges': 'bytes',
    'cache-control': `private, max-age=${Math.max(0, Math.floor((until - Date.now()) / 1_000))}, immutable`,
    ...(range && { 'content-range': `bytes ${first}-${last}/${bytes}` }),
  })
  if (!stream) return void response.end()
  // Who goes away in the middle is no failure.
  await pipeline(stream, response).catch((error) => {
    if (!response.destroyed) throw error
  })
}

/** As players ask when somebody jumps ahead. null: all of it, also for what is asked in a way that nobody uses. */
function rangeOf(header: string | undefined, bytes: number): { first: number; last: number } | 'NONE' | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (from === undefined || to === undefined || from + to === '') return null
  const first = from === '' ? Math.max(0, bytes - Number(to)) : Number(from)
  const last = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  return first <= last ? { first, last } : 'NONE'
}

function refuse(response: ServerResponse, status: number, why: string): void {
  // What is still being sent is not read.
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  })
  response.end(`${why}\n`)
}
