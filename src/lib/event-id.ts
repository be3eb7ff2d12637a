/** An event's opaque id: its stream, seq and position. Not signed: it is worth nothing without access to the stream. */

interface EventPlace {
  streamId: string
  seq: number
  position: bigint
}

const PREFIX = 'evt_'
const BYTES = 32

export function encodeEventId({ streamId, seq, position }: EventPlace): string {
  const bytes = Buffer.alloc(BYTES)
  bytes.write(streamId.replaceAll('-', ''), 'hex')
  bytes.writeBigUInt64BE(BigInt(seq), 16)
  bytes.writeBigUInt64BE(position, 24)
  return PREFIX + bytes.toString('base64url')
}

/** null for whatever is no event's id. */
export function decodeEventId(id: string): EventPlace | null {
  const bytes = Buffer.from(id.startsWith(PREFIX) ? id.slice(PREFIX.length) : '', 'base64url')
  if (bytes.length !== BYTES) return null
  const [seq, position] = [bytes.readBigUInt64BE(16), bytes.readBigUInt64BE(24)]
  if (seq > BigInt(Number.MAX_SAFE_INTEGER) || position >= 2n ** 63n) return null
  return {
    streamId: bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'),
    seq: Number(seq),
    position,
  }
}
