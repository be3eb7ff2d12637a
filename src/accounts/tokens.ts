/** Bearer tokens of a tenant's users: JWTs, verified with the tenant's own key. The tenant is known before the token is verified. */
import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import {
  createRemoteJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyOptions,
  jwtVerify,
  SignJWT,
  UnsecuredJWT,
} from 'jose'
import { LRUCache } from 'lru-cache'
import { ChatError } from '../errors.ts'
import { cutName, neutralName } from '../lib/names.ts'
import { ShortLived } from '../lib/short-lived.ts'
import { limits } from '../limits.ts'
import { isStorable } from '../messages/draft.ts'
import type { TenantRole, Uuid } from '../model.ts'
import type { TenantKey } from './tenant-keys.ts'
import type { Tenants } from './tenants.ts'

export interface TokenClaims {
  tenantId: Uuid
  externalId: string
  name: string | null
  role: TenantRole
  expiresAt: Date
  keyId: Uuid
  tokenHash: string
  /** 0 where it is not said. */
  issuedAt: Date
}

type Header = ReturnType<typeof decodeProtectedHeader>

const ASYMMETRIC = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA']
const CLOCK_TOLERANCE_SECONDS = 5
const MAX_TOKEN_LENGTH = 8_192
/** What verified tokens take of memory is bounded: some 400 bytes each. */
const MOST_VERIFIED = 50_000
/** So long jose keeps the keys of a JWKS, too: a key that is taken out of it ends its tokens then. */
const VERIFIED_MS = 600_000
const ROLES: readonly TenantRole[] = ['USER', 'MODERATOR', 'ADMIN']

export type Tokens = ReturnType<typeof createTokens>

export function createTokens({ tenants }: { tenants: Tenants }) {
  const remote = new Map<string, ReturnType<typeof createRemoteJWKSet>>()
  /** By its text: those of one key have the same one. */
  const headers = new LRUCache<string, Header>({ max: 1_000 })
  /** By the token's hash: what it says was signed by that key, and stays so. */
  const verified = new ShortLived<TokenClaims>({ max: MOST_VERIFIED, ttlMs: VERIFIED_MS })

  function jwks(url: string) {
    const known = remote.get(url) ?? createRemoteJWKSet(new URL(url), { timeoutDuration: 3_000 })
    remote.set(url, known)
    return known
  }

  function headerOf(token: string): Header {
    const [text = '', ...others] = token.split('.')
    const header = (others.length === 2 && headers.get(text)) || read(token, decodeProtectedHeader)
    headers.set(text, header)
    return header
  }

  /** By `kid` if it is a key of ours, else by `iss` if it is a registered issuer. */
  async function keyOf(token: string, { kid }: Header): Promise<TenantKey> {
    const named = kid && (await tenants.keyByKid(kid))
    if (named) return named
    const { iss } = read(token, decodeJwt)
    return (
      (iss && (await tenants.keyByIssuer(iss))) || refuse('The token is signed by a key that is not registered here')
    )
  }

  async function check(token: string, header: Header, key: TenantKey): Promise<{ payload: JWTPayload }> {
    const expected = {
      issuer: key.issuer,
      audience: key.audience,
      requiredClaims: ['exp', 'sub'],
      clockTolerance: CLOCK_TOLERANCE_SECONDS,
    }
    // The algorithm comes from the key, never from the token: so there is no `none` and no public key taken for an HMAC secret.
    if (key.secret !== null) return checkHmac(token, header, { ...expected, secret: key.secret })
    return jwtVerify(token, jwks(key.jwksUrl), { ...expected, algorithms: ASYMMETRIC })
  }

  return {
    /** Throws UNAUTHENTICATED, or SERVICE_UNAVAILABLE when the tenant's JWKS cannot be had just now. */
    async verify(token: string): Promise<TokenClaims> {
      if (token.length > MAX_TOKEN_LENGTH) refuse('The token is too long')
      // Asked for anew each time: whether it is still good.
      const header = headerOf(token)
      const key = await keyOf(token, header)
      const digest = hash('sha256', token, 'base64')
      const known = verified.get(digest)
      if (known?.keyId === key.id && !hasExpired(known)) return known
      const { payload } = await check(token, header, key).catch(translate)
      const claims = { ...claimsOf(key, payload), tokenHash: digest }
      verified.set(digest, claims)
      return claims
    },

    async make(
      tenantId: Uuid,
      {
        externalId,
        name,
        role = 'USER',
        ttlSeconds,
        issuedAt = new Date(),
      }: { externalId: string; name?: string; role?: TenantRole; ttlSeconds: number; issuedAt?: Date },
    ) {
      const key = await tenants.signingKey(tenantId)
      const expiresAt = new Date(issuedAt.getTime() + ttlSeconds * 1_000)
      const token = await new SignJWT({ role, ...(name && { name }) })
        .setProtectedHeader({ alg: 'HS256', kid: key.kid })
        .setSubject(externalId)
        .setIssuer(key.issuer)
        .setAudience(key.audience)
        // With its fraction: one that is made right after a sign-out is good at once.
        .setIssuedAt(issuedAt.getTime() / 1_000)
        .setExpirationTime(expiresAt)
        .sign(Buffer.from(key.secret))
      return { token, expiresAt }
    },
  }
}

/** What an unsecured JWT says of itself: for the claims alone. */
const UNSECURED = Buffer.from('{"alg":"none"}').toString('base64url')

/** HS256 without the way through WebCrypto and its threads, which costs ten times the hash; the claims are judged by jose as ever. */
function checkHmac(
  token: string,
  { alg, crit }: Header,
  { secret, ...expected }: JWTVerifyOptions & { secret: string },
): { payload: JWTPayload } {
  const [head = '', body = '', signature = '', ...more] = token.split('.')
  const signed = Buffer.from(createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url'))
  const given = Buffer.from(signature)
  const isGood = given.length === signed.length && timingSafeEqual(given, signed)
  if (!isGood || more.length || alg !== 'HS256' || crit !== undefined) refuse('The token is not valid')
  return UnsecuredJWT.decode(`${UNSECURED}.${body}.`, expected)
}

/** As jose judges it. */
const hasExpired = ({ expiresAt }: TokenClaims): boolean =>
  expiresAt.getTime() <= (Math.floor(Date.now() / 1_000) - CLOCK_TOLERANCE_SECONDS) * 1_000

function read<T>(token: string, decode: (token: string) => T): T {
  try {
    return decode(token)
  } catch {
    return refuse('The token is not a JWT')
  }
}

function translate(error: unknown): never {
  if (error instanceof errors.JWTExpired) refuse('The token has expired; get a new one')
  const isRemoteAway =
    error instanceof TypeError ||
    error instanceof errors.JWKSTimeout ||
    (error as { code?: string }).code === 'ERR_JOSE_GENERIC'
  if (isRemoteAway)
    throw new ChatError(
      'SERVICE_UNAVAILABLE',
      { message: 'The key server of the token’s issuer does not answer', retryAfterMs: 2_000 },
      { cause: error },
    )
  if (error instanceof errors.JOSEError) refuse('The token is not valid')
  throw error
}

function claimsOf(
  { tenantId, id: keyId }: TenantKey,
  { sub, name, role, exp, iat }: JWTPayload,
): Omit<TokenClaims, 'tokenHash'> {
  if (!sub || sub.length > 255 || !isStorable(sub))
    refuse('The token’s sub must have 1 to 255 characters, no NUL and no half surrogate pair')
  const known = ROLES.find((candidate) => candidate === role)
  if (role !== undefined && !known) refuse(`The token’s role must be one of ${ROLES.join(', ')}`)
  return {
    tenantId,
    externalId: sub,
    name: nameOf(name) || nameOf(sub) || null,
    role: known ?? 'USER',
    expiresAt: new Date((exp ?? 0) * 1_000),
    keyId,
    issuedAt: new Date((iat ?? 0) * 1_000),
  }
}

/** Nothing more is wrong with a token whose name cannot be shown. */
const nameOf = (claim: unknown): string =>
  typeof claim === 'string' && isStorable(claim) ? cutName(neutralName(claim), limits.userNameLength.default) : ''

function refuse(message: string): never {
  throw new ChatError('UNAUTHENTICATED', { message })
}
