/** Whose connection it is: the address of the peer, or, behind proxies that are trusted, the one that they tell of. */
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import ipaddr from 'ipaddr.js'

type Address = ReturnType<typeof ipaddr.process>

export type Addresses = ReturnType<typeof createAddresses>

export function createAddresses(trustedProxies: readonly string[]) {
  const networks = trustedProxies.map((network) =>
    ipaddr.parseCIDR(
      network.includes('/') ? network : `${network}/${ipaddr.parse(network).kind() === 'ipv4' ? 32 : 128}`,
    ),
  )
  /** What the PROXY protocol told of a connection. */
  const told = new WeakMap<object, string>()

  function isTrusted(address: Address): boolean {
    return networks.some(
      ([network, bits]) => network.kind() === address.kind() && address.match([network, bits] as never),
    )
  }

  function of(request: IncomingMessage): string {
    let client = parsed(told.get(request.socket) ?? request.socket.remoteAddress ?? '')
    if (!client) return ''
    // Each proxy adds whom it was called by at the right end. What stands left of the first that is not ours anybody may have written.
    const hops = String(request.headers['x-forwarded-for'] ?? '').split(',')
    while (isTrusted(client)) {
      const before = parsed(hops.pop()?.trim() ?? '')
      if (!before) break
      client = before
    }
    return client.toString()
  }

  return {
    of,
    isProxy(socket: Socket): boolean {
      const peer = parsed(socket.remoteAddress ?? '')
      return peer !== null && isTrusted(peer)
    },
    tell: (socket: Socket, address: string): void => void told.set(socket, address),
  }
}

/** IPv4 in IPv6's clothes is IPv4; a port behind it is passed over; null for what is no address. */
function parsed(text: string): Address | null {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
  // Of IPv4 the four-part form alone: ipaddr.js knows others, octal ones too.
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare)
  return isAddress ? ipaddr.process(bare) : null
}
