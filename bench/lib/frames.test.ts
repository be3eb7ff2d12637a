import { expect, test } from 'vitest'
import { clientFrame, frameTaker, PING, TEXT } from './frames.ts'

/** As a server sends it: without a mask. */
function serverFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload
  const size = length < 126 ? [length] : length <= 0xffff ? [126] : [127]
  const head = Buffer.from([0x80 | opcode, ...size])
  const more = Buffer.alloc(length < 126 ? 0 : length <= 0xffff ? 2 : 8)
  if (more.length === 2) more.writeUInt16BE(length)
  if (more.length === 8) more.writeBigUInt64BE(BigInt(length))
  return Buffer.concat([head, more, payload])
}

const sizes = [0, 1, 125, 126, 400, 65_535, 65_536]
const stream = Buffer.concat(
  sizes.flatMap((size) => [serverFrame(TEXT, Buffer.alloc(size, 'x')), serverFrame(PING, Buffer.from('!'))]),
)

test.each([1, 2, 3, 7, 1_000, stream.length])('frames are the same, cut into pieces of %i bytes', (piece) => {
  const got: string[] = []
  const take = frameTaker({
    reads: (opcode) => opcode === PING,
    onFrame: (opcode, payload) => got.push(`${opcode} ${payload}`),
  })
  const buffer = Buffer.alloc(piece) // overwritten by each piece, as a socket's is
  for (let at = 0; at < stream.length; at += piece) take(buffer.subarray(0, stream.copy(buffer, 0, at, at + piece)))
  expect(got).toEqual(sizes.flatMap(() => [`${TEXT} null`, `${PING} !`]))
})

test('what is read comes whole', () => {
  const got: (string | undefined)[] = []
  const take = frameTaker({ reads: () => true, onFrame: (_, payload) => got.push(payload?.toString()) })
  for (const byte of serverFrame(TEXT, Buffer.from('grüß dich'))) take(Buffer.from([byte]))
  expect(got).toEqual(['grüß dich'])
})

test('a client’s frame is masked', () => {
  expect([...clientFrame(TEXT, Buffer.from('hi'))]).toEqual([0x81, 0x82, 0, 0, 0, 0, 0x68, 0x69])
})
