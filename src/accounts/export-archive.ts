/** An export as one ZIP, put together from its parts while it is downloaded: nothing of it is stored twice, and any piece of it can be had. */
import { Readable } from 'node:stream'
import { exportKeys, type FileName } from '../files/keys.ts'
import { directory, entryHeader, type PlacedEntry } from '../lib/zip.ts'
import type { Objects } from '../objects/objects.ts'
import type { Exports } from './exports.ts'

export interface Archive {
  bytes: number
  /** From the first to the last of these bytes. */
  read(range: { first: number; last: number }): Readable
}

interface Piece {
  at: number
  bytes: number
  content: Buffer | { key: string }
}

/** null: it is not there, not yet or not any more. */
export async function openArchive(
  { exports, objects }: { exports: Pick<Exports, 'parts'>; objects: Objects },
  name: FileName,
): Promise<Archive | null> {
  const parts = await exports.parts(name)
  if (!parts) return null
  const pieces: Piece[] = []
  const placed: PlacedEntry[] = []
  let at = 0
  const add = (bytes: number, content: Piece['content']) => {
    pieces.push({ at, bytes, content })
    at += bytes
  }
  for (const part of parts) {
    placed.push({ entry: part, at })
    const header = entryHeader(part)
    add(header.length, header)
    add(part.bytes, { key: exportKeys(name) + part.objectId })
  }
  const end = directory(placed, at)
  add(end.length, end)
  return { bytes: at, read: (range) => Readable.from(slices(objects, pieces, range), { objectMode: false }) }
}

async function* slices(objects: Objects, pieces: Piece[], { first, last }: { first: number; last: number }) {
  for (const { at, bytes, content } of pieces) {
    if (!bytes || at + bytes <= first || at > last) continue
    const range = { first: Math.max(0, first - at), last: Math.min(bytes - 1, last - at) }
    if (Buffer.isBuffer(content)) {
      yield content.subarray(range.first, range.last + 1)
      continue
    }
    const stream = await objects.read(content.key, range)
    if (!stream) throw new Error('a part of an export went while it was downloaded')
    yield* stream
  }
}
