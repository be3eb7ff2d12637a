/** Keys of customers' own back ends (`pk_…`): shown once, kept as a hash, allowed what their scopes say. The only file that writes `api_key`. */
import { createHash, randomBytes } from 'node:crypto'
import type { Db } from '../db.ts'
import { ChatError } from '../errors.ts'
import { newUuid } from '../lib/ids.ts'
import type { Scope, ServerCaller, Uuid } from '../model.ts'

export const SERVER_KEY_PREFIX = 'pk_'
const SCOPES: readonly Scope[] = ['users:write', 'tokens:create', 'conversations:write', 'messages:write']

export type ServerKeys = ReturnType<typeof createServerKeys>

export function createServerKeys({ db }: { db: Db }) {
  return {
    /** The key itself, which is not kept: 256 random bits, so that a plain hash is enough. */
    async create(tenantId: Uuid, name: string, scopes: readonly Scope[] = SCOPES): Promise<string> {
      const key = `${SERVER_KEY_PREFIX}${randomBytes(32).toString('base64url')}`
      await db.apiKey.create({ data: { id: newUuid(), tenantId, name, hash: hashOf(key), scopes: [...scopes] } })
      return key
    },

    /** Those that are good. */
    async list(tenantId: Uuid): Promise<{ id: Uuid; name: string; scopes: string[]; createdAt: Date }[]> {
      const select = { id: true, name: true, scopes: true, createdAt: true }
      return db.apiKey.findMany({ where: { tenantId, revokedAt: null }, select, orderBy: { createdAt: 'asc' } })
    },

    /** Refused from now on; the sockets that it opened end within a second on every node. false: there is none of that id. */
    async revoke(tenantId: Uuid, id: Uuid): Promise<boolean> {
      const where = { tenantId, id, revokedAt: null }
      return (await db.apiKey.updateMany({ where, data: { revokedAt: new Date() } })).count > 0
    },

    async verify(key: string): Promise<ServerCaller> {
      const row = await db.apiKey.findFirst({ where: { hash: hashOf(key), revokedAt: null } })
      if (!row) throw new ChatError('UNAUTHENTICATED', { message: 'The server key is unknown or revoked' })
      return { kind: 'SERVER', tenantId: row.tenantId, keyId: row.id, scopes: row.scopes as Scope[] }
    },
  }
}

const hashOf = (key: string): string => createHash('sha256').update(key).digest('hex')
