import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { countedAs, createAddresses, networkOf } from './addresses.ts'

const request = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage

const TRUSTED = ['10.0.0.0/8', 'fd00::/8', '192.0.2.7']

// biome-ignore format: a row a case
test.for([
  ['nobody is trusted: what is forwarded is not read', [], '10.0.0.1', '203.0.113.9', '10.0.0.1'],
  ['a stranger says what he likes', TRUSTED, '203.0.113.1', '198.51.100.1', '203.0.113.1'],
  ['one proxy', TRUSTED, '10.0.0.1', '203.0.113.9', '203.0.113.9'],
  ['a proxy of one address', TRUSTED, '192.0.2.7', '203.0.113.9', '203.0.113.9'],
  ['its neighbour is none', TRUSTED, '192.0.2.8', '203.0.113.9', '192.0.2.8'],
  ['two proxies', TRUSTED, '10.0.0.1', '203.0.113.9, 10.1.2.3', '203.0.113.9'],
  ['what the client put before is passed over', TRUSTED, '10.0.0.1', '1.2.3.4, 203.0.113.9, 10.1.2.3', '203.0.113.9'],
  ['nonsense stops it', TRUSTED, '10.0.0.1', '1.2.3.4, nonsense', '10.0.0.1'],
  ['nothing forwarded', TRUSTED, '10.0.0.1', undefined, '10.0.0.1'],
  ['all of them ours', TRUSTED, '10.0.0.1', '10.0.0.9', '10.0.0.9'],
  ['IPv6', TRUSTED, 'fd00::1', '2001:DB8::1', '2001:db8::1'],
  ['IPv4 in IPv6', TRUSTED, '::ffff:10.0.0.1', '::ffff:203.0.113.9', '203.0.113.9'],
  ['ports', TRUSTED, '10.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
  ['ports of IPv6', TRUSTED, '10.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
  ['an octal form is no address', TRUSTED, '10.0.0.1', '0313.0.0161.011', '10.0.0.1'],
  ['a connection that is gone', TRUSTED, '', '203.0.113.9', ''],
] as const)('%s', ([, trusted, peer, forwarded, client]) => {
  expect(createAddresses(trusted).of(request(peer, forwarded))).toBe(client)
})

test('what the PROXY protocol told stands for the peer, and its proxies are passed over, too', () => {
  const addresses = createAddresses(TRUSTED)
  const behind = request('10.0.0.1', '203.0.113.9')
  addresses.tell(behind.socket, '10.7.7.7')
  expect(addresses.of(behind)).toBe('203.0.113.9')
  addresses.tell(behind.socket, '198.51.100.4')
  expect(addresses.of(behind)).toBe('198.51.100.4')
  expect([addresses.isProxy(behind.socket), addresses.isProxy(request('203.0.113.1').socket)]).toEqual([true, false])
})

// biome-ignore format: a row a case
test.for([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:12:34::1', '2001:db8:12::/48'],
  ['nowhere', ''],
] as const)('of %s no more is kept than %s', ([address, network]) => {
  expect(networkOf(address)).toBe(network)
})

// biome-ignore format: a row a case
test.for([
  ['203.0.113.77', '203.0.113.77/32'],
  ['203.0.113.78', '203.0.113.78/32'],
  ['::ffff:203.0.113.77', '203.0.113.77/32'],
  ['::ffff:cb00:714d', '203.0.113.77/32'],
  ['2001:db8:12:34::1', '2001:db8:12:34::/64'],
  ['2001:DB8:12:34:ffff:ffff:ffff:ffff', '2001:db8:12:34::/64'],
  ['2001:db8:12:35::1', '2001:db8:12:35::/64'],
  ['fe80::1%eth0', 'fe80::/64'],
  ['nowhere', ''],
] as const)('%s is counted as %s', ([address, counted]) => {
  expect(countedAs(address)).toBe(counted)
  expect(createAddresses([]).countedAs(request(address))).toBe(counted)
})

test('what a browser says that it is, is kept to its first 300 characters', () => {
  const asking = { socket: { remoteAddress: '203.0.113.7' }, headers: { 'user-agent': 'a'.repeat(400) } }
  const origin = createAddresses([]).originOf(asking as unknown as IncomingMessage)
  expect(origin).toEqual({ address: '203.0.113.0/24', userAgent: 'a'.repeat(300) })
})
