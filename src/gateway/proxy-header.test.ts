import { expect, test } from 'vitest'
import { readProxyHeader } from './proxy-header.ts'

const SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1')
const header = (command: number, family: number, body: Buffer) => {
  const size = Buffer.alloc(2)
  size.writeUInt16BE(body.length)
  return Buffer.concat([SIGNATURE, Buffer.from([command, family]), size, body])
}
const IPV4 = Buffer.from([203, 0, 113, 9, 10, 0, 0, 1, 0x12, 0x34, 0x01, 0xbb])
const IPV6 = Buffer.concat([
  Buffer.from('20010db8000000000000000000000001', 'hex'),
  Buffer.alloc(16, 1),
  IPV4.subarray(8),
])

const good: [what: string, bytes: Buffer, address: string | null][] = [
  ['TCP4', Buffer.from('PROXY TCP4 203.0.113.9 10.0.0.1 4660 443\r\n'), '203.0.113.9'],
  ['TCP6', Buffer.from('PROXY TCP6 2001:db8::1 fd00::1 4660 443\r\n'), '2001:db8::1'],
  ['UNKNOWN', Buffer.from('PROXY UNKNOWN\r\n'), null],
  ['UNKNOWN with words', Buffer.from('PROXY UNKNOWN ffff::1 ffff::2 1 2\r\n'), null],
  ['IPv4 in bytes', header(0x21, 0x11, IPV4), '203.0.113.9'],
  ['IPv6 in bytes', header(0x21, 0x21, IPV6), '2001:db8::1'],
  ['IPv4 in bytes, with additions', header(0x21, 0x11, Buffer.concat([IPV4, Buffer.alloc(300)])), '203.0.113.9'],
  ['the proxy itself', header(0x20, 0x00, Buffer.alloc(0)), null],
  ['a unix socket', header(0x21, 0x31, Buffer.alloc(216)), null],
]

test.for(good)('%s is read, whole and byte by byte, and what follows is left alone', ([, bytes, address]) => {
  const followed = Buffer.concat([bytes, Buffer.from('GET / HTTP/1.1\r\n\r\n')])
  expect(readProxyHeader(followed)).toEqual({ kind: 'HEADER', address, length: bytes.length })
  for (let n = 0; n < bytes.length; n++) expect(readProxyHeader(bytes.subarray(0, n)), `${n}`).toEqual({ kind: 'MORE' })
})

const bad: [what: string, bytes: Buffer][] = [
  ['HTTP', Buffer.from('GET / HTTP/1.1\r\n')],
  ['a small p', Buffer.from('proxy TCP4 1.1.1.1 2.2.2.2 1 2\r\n')],
  ['no address', Buffer.from('PROXY TCP4 one two 1 2\r\n')],
  ['an address of the other family', Buffer.from('PROXY TCP4 ::1 ::2 1 2\r\n')],
  ['a port too large', Buffer.from('PROXY TCP4 1.1.1.1 2.2.2.2 65536 2\r\n')],
  ['a port missing', Buffer.from('PROXY TCP4 1.1.1.1 2.2.2.2 1\r\n')],
  ['two spaces', Buffer.from('PROXY TCP4  1.1.1.1 2.2.2.2 1 2\r\n')],
  ['a line without an end', Buffer.from(`PROXY UNKNOWN ${'x'.repeat(200)}`)],
  ['another version', header(0x11, 0x11, IPV4)],
  ['another command', header(0x22, 0x11, IPV4)],
  ['another family', header(0x21, 0x41, IPV4)],
  ['too few bytes of address', header(0x21, 0x11, IPV4.subarray(0, 8))],
  ['too few bytes of an IPv6 address', header(0x21, 0x21, IPV4)],
  ['too many bytes', header(0x21, 0x11, Buffer.alloc(5_000))],
]

test.for(bad)('%s is malformed', ([, bytes]) => {
  expect(readProxyHeader(bytes)).toEqual({ kind: 'MALFORMED' })
})
