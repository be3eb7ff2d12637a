/** Manifests of trusted documents, and the same request over both ways in. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect } from 'vitest'
import type { Actor } from './actor.ts'

export const NAME = 'query Name { viewer { user { name } } }'
export const LIMITS = 'query Limits { limits { pageSize } }'
export const SCHEMA = '{ __schema { queryType { name } } }'

/** Where a file of that name may be written; gone when the tests of the file are. */
export function manifestFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-manifest-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  return {
    nowhere: join(folder, 'nowhere.json'),
    write(name: string, content: unknown): string {
      const path = join(folder, name)
      writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
      return path
    },
  }
}

export const byHash = (sha256Hash: string) => ({ extensions: { persistedQuery: { version: 1, sha256Hash } } })

/** The same over both ways in. */
export async function asked(actor: Actor, request: object) {
  const http = await actor.post(JSON.stringify(request))
  const socket = await actor.socket()
  const frames = socket.framesOf('asked')
  socket.send({ type: 'subscribe', id: 'asked', payload: request })
  const frame = await frames.next()
  socket.cut()
  return { http, frame }
}

export const answered = (data: object) => ({
  http: { status: 200, data, errors: [] },
  frame: { type: 'next', payload: { data } },
})
export const refused = (message: RegExp) => {
  const errors = [{ message: expect.stringMatching(message), extensions: { code: 'UNTRUSTED_DOCUMENT' } }]
  return { http: { status: 400, data: null, errors }, frame: { type: 'error', payload: errors } }
}
