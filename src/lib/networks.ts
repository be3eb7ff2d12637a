/** How networks are written: 10.0.0.0/8, fd00::/8, or a single address. */
import { isIP } from 'node:net'

export function isNetwork(network: string): boolean {
  const [address = '', bits, ...more] = network.split('/')
  const most = { 4: 32, 6: 128 }[isIP(address)]
  return most !== undefined && !more.length && (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= most))
}
