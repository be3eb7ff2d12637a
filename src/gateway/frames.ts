/** WebSocket text frames of a server, written past the library: those of a tick joined into one buffer and one call of the system. */
import type { Duplex } from 'node:stream'
import type { Frame } from './socket.ts'

/** Text, and the last frame of its message. */
const TEXT = 0x81
/** A whole frame, without a payload. */
export const PING = Buffer.from([0x89, 0])
export const SCRATCH_BYTES = 262_144

/** Used again and again: only while no socket still holds it. */
let scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES)

export function writeJoined(socket: Duplex, frames: readonly Frame[]): void {
  let bytes = 0
  for (const { head, body } of frames) bytes += framedBytes(head.length + body.length)
  // A socket that is backed up keeps what it is given: it gets a copy of its own, and no more of it than that.
  const isOwn = bytes > SCRATCH_BYTES || socket.writableLength > 0
  const buffer = isOwn ? Buffer.allocUnsafeSlow(bytes) : scratch
  let at = 0
  for (const frame of frames) at = put(frame, buffer, at)
  socket.write(isOwn ? buffer : buffer.subarray(0, bytes))
  // The system did not take all of it, so the socket holds the scratch buffer now.
  if (!isOwn && socket.writableLength > 0) scratch = Buffer.allocUnsafeSlow(SCRATCH_BYTES)
}

export const framedBytes = (length: number): number => length + (length < 126 ? 2 : length < 65_536 ? 4 : 10)

/** Answers where the next one begins. */
export function put({ head, body }: Frame, buffer: Buffer, start: number): number {
  const length = head.length + body.length
  let at = start
  buffer[at++] = TEXT
  if (length < 126) buffer[at++] = length
  else if (length < 65_536) {
    buffer[at++] = 126
    buffer[at++] = length >>> 8
    buffer[at++] = length & 255
  } else {
    buffer[at++] = 127
    at = buffer.writeBigUInt64BE(BigInt(length), at)
  }
  buffer.set(head, at)
  buffer.set(body, at + head.length)
  return at + length
}
