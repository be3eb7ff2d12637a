import { expect, test } from 'vitest'
import type { Revoked } from '../accounts/revocations.ts'
import { ChatError } from '../errors.ts'
import type { Caller, UserCaller } from '../model.ts'
import type { Closing } from './closing.ts'
import { createSessions } from './sessions.ts'

const BEGIN = 1_000_000
const user = (expiresInMs: number, more: Partial<UserCaller> = {}): UserCaller => ({
  kind: 'USER',
  tenantId: 'tenant',
  userId: 'user',
  externalId: 'alice',
  role: 'USER',
  knownSince: new Date(0),
  expiresAt: new Date(BEGIN + expiresInMs),
  keyId: 'key',
  tokenHash: 'hash',
  issuedAt: new Date(BEGIN),
  guestOf: null,
  ...more,
})

function stage(caller: Caller | null, identified: Caller | ChatError = user(3_600_000)) {
  let ms = BEGIN
  const pings: unknown[] = []
  const closings: Closing[] = []
  const identify = async () => {
    if (identified instanceof ChatError) throw identified
    return identified
  }
  const told: string[] = []
  const connections = {
    opened: () => ({
      id: 'connection',
      has: ({ role }: UserCaller) => void told.push(`has ${role}`),
      closed: () => void told.push('closed'),
    }),
  }
  const sessions = createSessions({
    identify,
    connections: connections as never,
    expose: (error) => error,
    now: () => ms,
  })
  const peer = {
    ping: (payload: unknown) => void pings.push(payload),
    close: (closing: Closing) => void closings.push(closing),
  }
  const session = sessions.enter(caller, peer, { address: '', userAgent: null })
  return {
    ...{ sessions, session, pings, closings, told },
    at(after: number) {
      ms = BEGIN + after
      sessions.sweep()
    },
    listen() {
      const iterator = session.guard({
        next: () => new Promise<never>(() => {}),
        return: async () => ({ done: true as const, value: undefined }),
      })
      return iterator.next().then(
        () => 'ended',
        (error: ChatError) => error.code,
      )
    },
    written: () => new Promise(setImmediate),
  }
}

test('is warned once when a minute is left, ended when it is over, closed half a minute later', async () => {
  const { session, pings, closings, at, listen, written } = stage(user(100_000))
  const operation = listen()
  at(39_999)
  expect(pings).toEqual([])
  at(40_500)
  at(41_000)
  expect(pings).toEqual([{ type: 'expiring', expiresInMs: 59_500 }])
  expect(session.refusal).toBeNull()
  at(100_000)
  expect(await operation).toBe('TOKEN_EXPIRED')
  expect(session.refusal?.code).toBe('TOKEN_EXPIRED')
  expect(await listen()).toBe('TOKEN_EXPIRED')
  at(129_999)
  await written()
  expect(closings).toEqual([])
  at(130_000)
  await written()
  expect(closings).toMatchObject([{ code: 4403, reason: expect.stringContaining('TOKEN_EXPIRED') }])
})

test('renewed goes on, and is warned again when the newer token ends', async () => {
  const { session, pings, at } = stage(user(100_000), user(500_000, { role: 'ADMIN' }))
  at(50_000)
  expect(await session.renew('newer')).toEqual(new Date(BEGIN + 500_000))
  expect(session.caller).toMatchObject({ role: 'ADMIN' })
  at(200_000)
  expect(session.refusal).toBeNull()
  at(450_000)
  expect(pings).toHaveLength(2)
})

test('is renewed in its last half minute, too, and then may ask again', async () => {
  const { session, at, closings, written } = stage(user(100_000))
  at(110_000)
  await session.renew('newer')
  expect(session.refusal).toBeNull()
  at(131_000)
  await written()
  expect(closings).toEqual([])
})

test.for([
  ['of another user', user(1), user(1, { userId: 'other' }), 'FORBIDDEN'],
  ['of the same id in another tenant', user(1), user(1, { tenantId: 'other' }), 'FORBIDDEN'],
  ['that is a server key', user(1), { kind: 'SERVER', tenantId: 'tenant', keyId: 'user', scopes: [] }, 'FORBIDDEN'],
  ['for a server key', { kind: 'SERVER', tenantId: 'tenant', keyId: 'user', scopes: [] }, user(1), 'FORBIDDEN'],
  ['for nobody', null, user(1), 'FORBIDDEN'],
  ['that is not valid', user(1), new ChatError('UNAUTHENTICATED'), 'INVALID_INPUT'],
  ['while nobody can tell', user(1), new ChatError('SERVICE_UNAVAILABLE'), 'SERVICE_UNAVAILABLE'],
] as const)('a token %s does not renew', async ([, before, identified, code]) => {
  const { session } = stage(before as Caller | null, identified as Caller | ChatError)
  await expect(session.renew('newer')).rejects.toMatchObject({ code })
  expect(session.caller).toBe(before)
})

test.for([
  ['key', user(3_600_000), 'key'],
  ['user', user(3_600_000), 'user'],
  ['server key', { kind: 'SERVER', tenantId: 'tenant', keyId: 'server', scopes: [] }, 'server'],
  ['token', user(3_600_000), 'hash'],
  ['user, signed out,', user(3_600_000), new Date(BEGIN + 1)],
] as const)('ends at once when its %s is revoked, its operations first', async ([, caller, what]) => {
  const { sessions, closings, listen, written } = stage(caller as Caller)
  const operation = listen()
  sessions.revoke(revoked('another'))
  sessions.revoke(revoked(new Date(BEGIN)))
  expect(sessions.size).toBe(1)
  sessions.revoke(revoked(what))
  expect(closings).toEqual([])
  expect(await operation).toBe('UNAUTHENTICATED')
  await written()
  expect(closings).toMatchObject([{ code: 4403 }])
  expect(sessions.size).toBe(0)
})

/** By its id, its token's hash, or all of the user's tokens of before. */
const revoked = (what: string | Date): Revoked => ({
  ids: new Set(typeof what === 'string' && what !== 'hash' ? [what] : []),
  tokens: new Set(what === 'hash' ? [what] : []),
  signedOut: new Map(what instanceof Date ? [['user', what]] : []),
})

test('tells of its user where he is connected: with which token, and that he has gone', async () => {
  const { session, told } = stage(user(1), user(500_000, { role: 'ADMIN' }))
  expect(session.connectionId).toBe('connection')
  await session.renew('newer')
  session.leave()
  session.leave()
  expect(told).toEqual(['has ADMIN', 'closed'])
  expect(stage(null).session.connectionId).toBeNull()
})

test('who has left is not looked after', () => {
  const { sessions, session, at, pings } = stage(user(100_000))
  session.leave()
  at(50_000)
  expect([pings, sessions.size]).toEqual([[], 0])
})

test('at once is warned who comes with less than a minute, and again after a renewal that brought no more', async () => {
  const { session, pings, at, closings, written } = stage(user(30_000), user(50_000))
  at(1)
  expect(pings).toEqual([{ type: 'expiring', expiresInMs: 29_999 }])
  await session.renew('newer')
  at(2)
  at(3)
  expect(pings.slice(1)).toEqual([{ type: 'expiring', expiresInMs: 49_998 }])
  at(49_999)
  expect(session.refusal).toBeNull()
  at(50_000)
  expect(session.refusal?.code).toBe('TOKEN_EXPIRED')
  at(80_000)
  await written()
  expect(closings).toHaveLength(1)
})

test('when the process has slept through all of it he is closed at once, and looked at no more', async () => {
  const { sessions, closings, at, written } = stage(user(100_000))
  at(86_400_000)
  at(86_401_000)
  await written()
  expect(closings).toMatchObject([{ code: 4403, reason: expect.stringContaining('TOKEN_EXPIRED') }])
  expect(sessions.size).toBe(0)
})
