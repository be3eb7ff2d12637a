/** The same frames for one socket after the other: put together once; for the next socket only its own head is written over the one before. */
import type { Duplex } from 'node:stream'
import { framedBytes, put, SCRATCH_BYTES, writeJoined } from './frames.ts'
import type { Frame } from './socket.ts'

interface Shared {
  /** What is the same array is the same frames. */
  readonly bodies: readonly Buffer[]
  readonly headLength: number
  /** Where the heads are in it. */
  readonly heads: readonly number[]
  readonly buffer: Buffer
}

/** Used again and again: only while no socket still holds it. */
let scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES)
let shared: Shared | null = null

export function writeShared(socket: Duplex, head: Buffer, bodies: readonly Buffer[]): void {
  // A socket that is backed up keeps what it is given: it gets a copy of its own.
  if (socket.writableLength > 0) writeJoined(socket, framesOf(head, bodies))
  else if (!takesAll(socket, together(head, bodies))) forget()
}

function takesAll(socket: Duplex, buffer: Buffer): boolean {
  socket.write(buffer)
  return socket.writableLength === 0
}

/** The system did not take all of it, so the socket holds the buffer now. */
function forget(): void {
  scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES)
  shared = null
}

const framesOf = (head: Buffer, bodies: readonly Buffer[]): Frame[] => bodies.map((body) => ({ head, body }))

function together(head: Buffer, bodies: readonly Buffer[]): Buffer {
  if (shared?.bodies === bodies && shared.headLength === head.length) {
    for (const at of shared.heads) shared.buffer.set(head, at)
    return shared.buffer
  }
  let bytes = 0
  for (const body of bodies) bytes += framedBytes(head.length + body.length)
  const into = bytes > SCRATCH_BYTES ? Buffer.allocUnsafeSlow(bytes) : scratch
  const heads: number[] = []
  let at = 0
  for (const body of bodies) {
    at = put({ head, body }, into, at)
    heads.push(at - body.length - head.length)
  }
  shared = { bodies, headLength: head.length, heads, buffer: into.subarray(0, bytes) }
  return shared.buffer
}
