/** Where users are connected, on whatever node, and were in the last days. Kept for themselves to see; written for many at once, and by one write a node while they stay. */
import type { Db } from '../db.ts'
import { newUuid } from '../lib/ids.ts'
import type { UserCaller, UserName, Uuid } from '../model.ts'

export interface Connection {
  id: Uuid
  /** Rounded to its network. */
  address: string
  userAgent: string | null
  openedAt: Date
  lastSeenAt: Date
  isOpen: boolean
}

/** Whence somebody connects. */
export interface Origin {
  address: string
  userAgent: string | null
}

/** What a row says. */
interface Row extends Origin {
  tenantId: Uuid
  userId: Uuid
  id: Uuid
  tokenHash: string
  tokenExpiresAt: Date
  openedAt: Date
  closedAt: Date | null
}

const KEPT_DAYS = 30
/** Of a node that has given no sign of life for so long nothing is open. */
const DEAD_SECONDS = 60
/** Not yet written while the database is away: what is more is not told of. */
const MOST_WAITING = 100_000

export type Connections = ReturnType<typeof createConnections>

export function createConnections({ db, node = newUuid() }: { db: Db; node?: Uuid }) {
  /** By id, as they are to be: written with the next pass. */
  let waiting = new Map<Uuid, Row>()
  let open = 0

  function put(row: Row): void {
    if (waiting.has(row.id) || waiting.size < MOST_WAITING) waiting.set(row.id, row)
  }

  class Open {
    readonly id = newUuid()
    readonly #openedAt = Date.now()
    readonly #origin: Origin

    constructor(caller: UserCaller, origin: Origin) {
      this.#origin = origin
      open++
      this.has(caller)
    }
    /** Its token, from now on. */
    has(caller: UserCaller): void {
      put(this.#row(caller, null))
    }
    closed(caller: UserCaller): void {
      open--
      put(this.#row(caller, new Date()))
    }
    #row({ tenantId, userId, tokenHash, expiresAt }: UserCaller, closedAt: Date | null): Row {
      const { id } = this
      return {
        ...{ tenantId, userId, id, ...this.#origin, tokenHash },
        tokenExpiresAt: expiresAt,
        openedAt: new Date(this.#openedAt),
        closedAt,
      }
    }
  }

  /** Of all who came, went or renewed since the last time, in one statement. */
  async function write(): Promise<void> {
    if (!waiting.size) return
    const rows = waiting
    waiting = new Map()
    await store(db, node, [...rows.values()]).catch((error) => {
      waiting = new Map([...rows, ...waiting])
      throw error
    })
  }

  return {
    opened: (caller: UserCaller, origin: Origin) => new Open(caller, origin),
    write,

    /** That this node lives, and which do not any longer. Nothing while nobody is here. */
    async live(): Promise<void> {
      if (open)
        await db.$executeRaw`
        with alive as (insert into node_life (node, seen_at) values (${node}::uuid, now()) on conflict (node) do update set seen_at = now()),
        dead as (delete from node_life where seen_at < now() - make_interval(secs => ${DEAD_SECONDS}) and node <> ${node}::uuid returning node, seen_at)
        update connection c set closed_at = d.seen_at from dead d where c.node = d.node and c.closed_at is null`
    },

    async tidy(): Promise<void> {
      await db.$executeRaw`delete from connection where closed_at < now() - make_interval(days => ${KEPT_DAYS})`
      await db.$executeRaw`delete from signed_out_token where expires_at < now()`
    },

    /** His open ones, the newest first; then those that are closed, of each kind the newest. */
    async of({ tenantId, userId }: UserName, limit: number): Promise<Connection[]> {
      await write()
      return db.$queryRaw<Connection[]>`
        with own as (select * from connection where tenant_id = ${tenantId}::uuid and user_id = ${userId}::uuid),
        shown as (
          select * from own where closed_at is null
          union all select * from (select distinct on (address, user_agent) * from own where closed_at is not null order by address, user_agent, closed_at desc) past)
        select c.id, c.address, c.user_agent as "userAgent", c.opened_at as "openedAt", coalesce(c.closed_at, l.seen_at, c.opened_at) as "lastSeenAt", c.closed_at is null as "isOpen"
        from shown c left join node_life l on l.node = c.node
        order by c.closed_at desc nulls first, c.opened_at desc limit ${limit}`
    },
  }
}

export type OpenConnection = ReturnType<Connections['opened']>

async function store(db: Db, node: Uuid, rows: readonly Row[]): Promise<void> {
  await db.$executeRaw`
    insert into connection (tenant_id, user_id, id, node, address, user_agent, token_hash, token_expires_at, opened_at, closed_at)
    select r."tenantId", r."userId", r.id, ${node}::uuid, r.address, r."userAgent", r."tokenHash", r."tokenExpiresAt", r."openedAt", r."closedAt"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("tenantId" uuid, "userId" uuid, id uuid, address text, "userAgent" text, "tokenHash" text,
      "tokenExpiresAt" timestamptz, "openedAt" timestamptz, "closedAt" timestamptz)
    on conflict (tenant_id, user_id, id) do update
      set token_hash = excluded.token_hash, token_expires_at = excluded.token_expires_at, closed_at = excluded.closed_at`
}
