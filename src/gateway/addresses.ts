/** Whose connection it is: the address of the peer, or, behind proxies that are trusted, the one that they tell of. */
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import ipaddr from 'ipaddr.js'
import { LRUCache } from 'lru-cache'
import type { Origin } from '../accounts/connections.ts'

const MOST_USER_AGENT = 300
const MOST_REMEMBERED = 10_000
/** With brackets, zone and port. */
const LONGEST_ADDRESS = 80

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

  /** What is kept of it: the network, and what the browser or app says it is. */
  function originOf(request: IncomingMessage): Origin {
    const userAgent = request.headers['user-agent']?.slice(0, MOST_USER_AGENT) ?? null
    return { address: networkOf(of(request)), userAgent }
  }

  return {
    of,
    originOf,
    /** As whom it is counted. */
    countedAs: (request: IncomingMessage): string => countedAs(of(request)),
    isProxy(socket: Socket): boolean {
      const peer = parsed(socket.remoteAddress ?? '')
      return peer !== null && isTrusted(peer)
    },
    tell: (socket: Socket, address: string): void => void told.set(socket, address),
  }
}

/** No more of it than tells one place from another: 203.0.113.0/24, 2001:db8:12::/48. */
export const networkOf = remembered((address) => networkWith(address, { ipv4: 24, ipv6: 48 }))

/** What counts as one address wherever addresses are counted: of IPv6 a /64, for no household has less, so that whoever likes has all in it. */
export const countedAs = remembered((address) => networkWith(address, { ipv4: 32, ipv6: 64 }))

function networkWith(address: string, bitsOf: { ipv4: number; ipv6: number }): string {
  const known = parsed(address)
  if (!known) return ''
  const bits = bitsOf[known.kind()]
  const network = known.kind() === 'ipv4' ? ipaddr.IPv4 : ipaddr.IPv6
  return `${network.networkAddressFromCIDR(`${known.toString()}/${bits}`)}/${bits}`
}

const known = remembered((text) => ({ address: parse(text) }))

const parsed = (text: string): Address | null => (text.length > LONGEST_ADDRESS ? null : known(text).address)

/** IPv4 in IPv6’s clothes is IPv4; a port behind it is passed over; null for what is no address. */
function parse(text: string): Address | null {
  const bare = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text
  // Of IPv4 the four-part form alone: ipaddr.js knows others, octal ones too.
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(bare) || ipaddr.IPv6.isValid(bare)
  return isAddress ? ipaddr.process(bare) : null
}

/** Behind a balancer many come from few addresses, and each is asked for several times. */
function remembered<T extends object | string>(work: (text: string) => T): (text: string) => T {
  const answers = new LRUCache<string, { answer: T }>({ max: MOST_REMEMBERED })
  return (text) => {
    const before = answers.get(text)
    if (before) return before.answer
    const answer = work(text)
    answers.set(text, { answer })
    return answer
  }
}
