/** Objects as files below a folder, by URLs of this server (gateway/files.ts). On several nodes it is one folder that all of them see. */
import { randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { link, mkdir, open, opendir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { StartError } from '../errors.ts'
import { exactly } from '../lib/exactly.ts'
import type { OwnUrls } from '../lib/own-urls.ts'
import type { Objects } from './objects.ts'

/** What is being written stands here: nothing of it is found under a key until it is whole. */
const UNFINISHED = '.unfinished'

/** Throws StartError for a folder that cannot be written. */
export async function openFileObjects({ folder, urls }: { folder: string; urls: OwnUrls }): Promise<Objects> {
  // Of a process that was killed while it wrote, or of nobody: another node may be writing there, so only what is old goes.
  await mkdir(join(folder, UNFINISHED), { recursive: true })
    .then(() => removeOlder(join(folder, UNFINISHED), UNFINISHED_MS))
    .catch((cause) => {
      throw new StartError(`OBJECTS_DIR: ${folder} cannot be written (${cause.message}); choose another folder`, {
        cause,
      })
    })
  const pathOf = (key: string) => join(folder, assertKey(key))

  return {
    async uploadRequest(key, { bytes, contentType, until }) {
      const url = urls.url({ may: 'PUT', key, until: until.getTime(), contentType, bytes })
      return { url, headers: { 'content-type': contentType } }
    },
    async downloadUrl(key, { contentType, disposition, until }) {
      return urls.url({ may: 'GET', key, until: until.getTime(), contentType, disposition })
    },
    async put(key, content, { bytes }) {
      const unfinished = join(folder, UNFINISHED, randomUUID())
      try {
        const from = content instanceof Readable ? content : Readable.from([content])
        await pipeline(from, exactly(bytes), createWriteStream(unfinished, { flags: 'wx', flush: true }))
        await into(unfinished, pathOf(key))
      } finally {
        await rm(unfinished, { force: true })
      }
    },
    async read(key, range) {
      const file = await open(pathOf(key)).catch(absent)
      return file && createReadStream('', { fd: file, ...(range && { start: range.first, end: range.last }) })
    },
    async size(key) {
      return (await stat(pathOf(key)).catch(absent))?.size ?? null
    },
    async copy(from, to) {
      await mkdir(dirname(pathOf(to)), { recursive: true })
      // A second name of the same content: whoever writes to the first one again gives it another content, not this one.
      const linked = await link(pathOf(from), pathOf(to))
        .then(() => true, present)
        .catch(absent)
      return linked ?? false
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    async *list(prefix) {
      for await (const path of filesBelow(join(folder, prefix))) {
        const key = relative(folder, path).replaceAll('\\', '/')
        if (!key.startsWith(UNFINISHED)) yield key
      }
    },
    close() {},
  }
}

const UNFINISHED_MS = 86_400_000

async function removeOlder(folder: string, ageMs: number): Promise<void> {
  for await (const path of filesBelow(folder)) {
    const file = await stat(path).catch(absent)
    if (file && file.mtimeMs < Date.now() - ageMs) await rm(path, { force: true })
  }
}

async function into(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true })
  await rename(from, to)
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  const entries = await opendir(folder, { recursive: true }).catch(absent)
  for await (const entry of entries ?? []) if (entry.isFile()) yield join(entry.parentPath, entry.name)
}

/** A mistake of ours, and then nothing is touched. */
function assertKey(key: string): string {
  if (!/^[\w-]+(\/[\w-]+)*$/.test(key)) throw new Error('expected a key of letters, digits and dashes between slashes')
  return key
}

/** It was asked before. */
function present(error: NodeJS.ErrnoException): true {
  if (error.code === 'EEXIST') return true
  throw error
}

function absent(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
