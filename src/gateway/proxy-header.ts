/** The header of the PROXY protocol, versions 1 (a line) and 2 (bytes), strictly: by which address a proxy was called. */
import { isIP, SocketAddress } from 'node:net'

export type ProxyHeader =
  | { kind: 'MORE' }
  | { kind: 'MALFORMED' }
  /** `address` null: the proxy speaks for itself (a health check), or of no IP address. `length`: bytes of the header. */
  | { kind: 'HEADER'; address: string | null; length: number }

const SIGNATURE = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1')
const MAX_LINE = 107
const FIXED = 16
/** Of version 2: an IPv6 pair takes 36, the rest are additions, which are passed over. */
const MAX_BODY = 4_096

const MALFORMED = { kind: 'MALFORMED' } as const
const MORE = { kind: 'MORE' } as const

export function readProxyHeader(bytes: Buffer): ProxyHeader {
  const isBinary = SIGNATURE.subarray(0, bytes.length).equals(bytes.subarray(0, SIGNATURE.length))
  if (bytes.length < SIGNATURE.length && isBinary) return MORE
  return isBinary ? binary(bytes) : line(bytes)
}

function line(bytes: Buffer): ProxyHeader {
  const text = bytes.subarray(0, MAX_LINE).toString('latin1')
  if (!text.startsWith('PROXY '.slice(0, text.length))) return MALFORMED
  const end = text.indexOf('\r\n')
  if (end < 0) return text.length < MAX_LINE ? MORE : MALFORMED
  const length = end + 2
  if (/^PROXY UNKNOWN( .*)?$/.test(text.slice(0, end))) return { kind: 'HEADER', address: null, length }
  const [, family, source = '', target = '', ...ports] =
    /^PROXY TCP([46]) (\S+) (\S+) (\d{1,5}) (\d{1,5})$/.exec(text.slice(0, end)) ?? []
  const isSound =
    family !== undefined &&
    [source, target].every((address) => isIP(address) === Number(family)) &&
    ports.every((port) => Number(port) <= 65_535)
  return isSound ? { kind: 'HEADER', address: source, length } : MALFORMED
}

function binary(bytes: Buffer): ProxyHeader {
  if (bytes.length < FIXED) return MORE
  const command = bytes.readUInt8(12)
  const [family, size] = [bytes.readUInt8(13), bytes.readUInt16BE(14)]
  if ((command !== 0x20 && command !== 0x21) || size > MAX_BODY) return MALFORMED
  const length = FIXED + size
  if (bytes.length < length) return MORE
  if (command === 0x20) return { kind: 'HEADER', address: null, length }
  if (family === 0x11)
    return size < 12 ? MALFORMED : { kind: 'HEADER', address: bytes.subarray(16, 20).join('.'), length }
  if (family === 0x21) return size < 36 ? MALFORMED : { kind: 'HEADER', address: ipv6(bytes.subarray(16, 32)), length }
  return family === 0x00 || family === 0x12 || family === 0x22 || family === 0x31 || family === 0x32
    ? { kind: 'HEADER', address: null, length }
    : MALFORMED
}

function ipv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2).toString(16))
  return new SocketAddress({ address: groups.join(':'), family: 'ipv6' }).address
}
