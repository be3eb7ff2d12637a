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
  const buffer = socket.writableLength > 0 ? null : together(head, bodies)
  if (buffer) writeScratch(socket, buffer)
  else writeJoined(socket, framesOf(head, bodies)) // a copy of its own
}

function writeScratch(socket: Duplex, buffer: Buffer): void {
  socket.write(buffer)
  if (socket.writableLength === 0) return
  // The system did not take all of it, so the socket holds the scratch buffer now.
  scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES)
  shared = null
}

const framesOf = (head: Buffer, bodies: readonly Buffer[]): Frame[] => bodies.map((body) => ({ head, body }))

/** null when it is too much for the scratch buffer. */
function together(head: Buffer, bodies: readonly Buffer[]): Buffer | null {
  if (shared?.bodies === bodies && shared.headLength === head.length) {
    for (const at of shared.heads) shared.buffer.set(head, at)
    return shared.buffer
  }
  let bytes = 0
  for (const body of bodies) bytes += framedBytes(head.length + body.length)
  if (bytes > SCRATCH_BYTES) return null
  const heads: number[] = []
  let at = 0
  for (const body of bodies) {
    at = put({ head, body }, scratch, at)
    heads.push(at - body.length - head.length)
  }
  shared = { bodies, headLength: head.length, heads, buffer: scratch.subarray(0, bytes) }
  return shared.buffer
}
