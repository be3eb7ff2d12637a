import { createHmac } from 'node:crypto'
import { SignJWT } from 'jose'
import { expect, test, vi } from 'vitest'
import type { TenantKey } from './tenant-keys.ts'
import type { Tenants } from './tenants.ts'
import { createTokens } from './tokens.ts'

const SECRET = 'a secret of tests, long enough for all'
const KEY: TenantKey = {
  id: 'key',
  tenantId: 'tenant',
  kid: 'kid',
  issuer: 'parley',
  audience: 'parley',
  secret: SECRET,
  jwksUrl: null,
}

function stage() {
  const keyByKid = vi.fn(async (_kid: string): Promise<TenantKey | null> => KEY)
  const keyByIssuer = async () => null
  return { keyByKid, tokens: createTokens({ tenants: { keyByKid, keyByIssuer } as unknown as Tenants }) }
}

const token = (expiresAt: Date) =>
  new SignJWT({ name: 'Alice' })
    .setProtectedHeader({ alg: 'HS256', kid: 'kid' })
    .setSubject('alice')
    .setIssuer('parley')
    .setAudience('parley')
    .setExpirationTime(expiresAt)
    .sign(Buffer.from(SECRET))

test('a token that was verified says the same again, and one that differs in a letter is another', async () => {
  const { tokens } = stage()
  const good = await token(new Date(Date.now() + 60_000))
  const first = await tokens.verify(good)
  expect(await tokens.verify(good)).toEqual(first)
  const [head, body, signature = ''] = good.split('.')
  const changed = `${head}.${body}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`
  await expect(tokens.verify(changed)).rejects.toThrow('The token is not valid')
})

test('it is refused when its key is revoked, or is another one now', async () => {
  const { tokens, keyByKid } = stage()
  const good = await token(new Date(Date.now() + 60_000))
  await tokens.verify(good)
  keyByKid.mockResolvedValueOnce(null)
  await expect(tokens.verify(good)).rejects.toThrow('not registered')
  keyByKid.mockResolvedValueOnce({ ...KEY, id: 'another', secret: 'another secret, long enough for all' } as TenantKey)
  await expect(tokens.verify(good)).rejects.toThrow('The token is not valid')
  expect(await tokens.verify(good)).toMatchObject({ externalId: 'alice' })
})

test('and when it has expired, as when it is seen for the first time', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  const { tokens } = stage()
  const short = await token(new Date(Date.now() + 10_000))
  await tokens.verify(short)
  vi.advanceTimersByTime(14_000)
  expect(await tokens.verify(short)).toMatchObject({ externalId: 'alice' })
  vi.advanceTimersByTime(2_000)
  await expect(tokens.verify(short)).rejects.toThrow('expired')
  vi.useRealTimers()
})

test('another algorithm than its key’s, one that must be understood, a wrong issuer or audience, no end: refused, though signed by the key', async () => {
  const { tokens } = stage()
  const good = { sub: 'alice', iss: 'parley', aud: 'parley', exp: Math.floor(Date.now() / 1_000) + 60 }
  const made = (header: object, claims: object) => {
    const [head, body] = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    const signature = createHmac('sha256', SECRET).update(`${head}.${body}`).digest('base64url')
    return `${head}.${body}.${signature}`
  }
  const header = { alg: 'HS256', kid: 'kid' }
  expect(await tokens.verify(made(header, good))).toMatchObject({ externalId: 'alice' })
  const { exp: _exp, ...endless } = good
  const { sub: _sub, ...nobody } = good
  const bad = [
    made({ ...header, alg: 'none' }, good),
    made({ ...header, alg: 'HS512' }, good),
    made({ ...header, crit: ['b64'], b64: false }, good),
    made(header, { ...good, iss: 'another' }),
    made(header, { ...good, aud: ['another'] }),
    made(header, { ...good, nbf: good.exp }),
    made(header, endless),
    made(header, nobody),
    made(header, [good]),
    `${made(header, good)}=`,
    made(header, good).replace(/[^.]*$/, ''),
  ]
  for (const each of bad) await expect(tokens.verify(each)).rejects.toThrow('The token is not valid')
  await expect(tokens.verify(`${made(header, good)}.more`)).rejects.toThrow('The token is not a JWT')
})
