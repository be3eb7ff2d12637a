/** WebSocket frames, as little of them as a load must look at: where each ends, and the text of those that somebody wants to read. */

export const [TEXT, CLOSE, PING, PONG] = [1, 8, 9, 10]

export interface FrameListener {
  /** Asked at the beginning of each frame; else its payload is passed over. */
  reads(opcode: number): boolean
  onFrame(opcode: number, payload: Buffer | null): void
}

/** Takes what the server sends, cut anywhere. What is taken may be overwritten afterwards. */
export function frameTaker({ reads, onFrame }: FrameListener): (chunk: Buffer) => void {
  const head = Buffer.alloc(10)
  let headLength = 0
  let left = 0
  let opcode = 0
  let parts: Buffer[] | null = null

  function ended(): void {
    const payload = parts && Buffer.concat(parts)
    parts = null
    onFrame(opcode, payload)
  }

  return (chunk) => {
    let at = 0
    while (at < chunk.length) {
      if (left > 0) {
        const taken = Math.min(left, chunk.length - at)
        parts?.push(Buffer.from(chunk.subarray(at, at + taken)))
        at += taken
        left -= taken
        if (left === 0) ended()
        continue
      }
      head[headLength++] = chunk[at++] ?? 0
      const length = payloadLength(head, headLength)
      if (length === null) continue
      headLength = 0
      left = length
      opcode = (head[0] ?? 0) & 0x0f
      parts = reads(opcode) ? [] : null
      if (left === 0) ended()
    }
  }
}

/** null while the head is not whole. */
function payloadLength(head: Buffer, headLength: number): number | null {
  if (headLength < 2) return null
  const short = (head[1] ?? 0) & 0x7f
  if (short < 126) return short
  if (short === 126) return headLength < 4 ? null : head.readUInt16BE(2)
  return headLength < 10 ? null : Number(head.readBigUInt64BE(2))
}

const MASKED = 0x80

/** A client's frame, masked with zeros: the mask must be there, but nothing here has to be hidden from proxies. */
export function clientFrame(opcode: number, payload: Buffer): Buffer {
  const isShort = payload.length < 126
  if (payload.length > 0xffff) throw new Error(`expected at most 65535 bytes to send, not ${payload.length}`)
  const head = Buffer.alloc(isShort ? 6 : 8)
  head[0] = 0x80 | opcode
  head[1] = MASKED | (isShort ? payload.length : 126)
  if (!isShort) head.writeUInt16BE(payload.length, 2)
  return Buffer.concat([head, payload])
}
