/** What a resolver gets: the parts, who calls, and loaders that live as long as one request or one event. */
import type { Connections } from './accounts/connections.ts'
import type { Erasures } from './accounts/erasures.ts'
import type { Exports } from './accounts/exports.ts'
import type { LastSeen } from './accounts/last-seen.ts'
import type { Revocations } from './accounts/revocations.ts'
import type { ServerKeys } from './accounts/server-keys.ts'
import type { Tenants } from './accounts/tenants.ts'
import type { Tokens } from './accounts/tokens.ts'
import type { Users } from './accounts/users.ts'
import type { Access } from './conversations/access.ts'
import type { AversionStore } from './conversations/aversions.ts'
import type { Contacts } from './conversations/contacts.ts'
import type { Conversations } from './conversations/conversations.ts'
import type { Invites } from './conversations/invites.ts'
import type { Memberships } from './conversations/memberships.ts'
import type { UnreadCounts } from './conversations/unread.ts'
import type { AversionsNow } from './delivery/aversions-now.ts'
import type { Cursors } from './delivery/cursor.ts'
import type { Hubs } from './delivery/hubs.ts'
import type { Log } from './delivery/log.ts'
import type { Timeline } from './delivery/timeline.ts'
import type { Devices } from './ephemera/devices.ts'
import type { MembersOnline } from './ephemera/members-online.ts'
import type { Pace } from './ephemera/pace.ts'
import type { PresenceChanges } from './ephemera/presence-changes.ts'
import type { SocketDevice } from './ephemera/socket-device.ts'
import type { Typing } from './ephemera/typing.ts'
import { ChatError } from './errors.ts'
import { type Features, featuresOf } from './features.ts'
import type { Attachments } from './files/attachments.ts'
import type { Paint } from './files/pictures.ts'
import type { Jobs } from './jobs/queue.ts'
import type { Health } from './lib/health.ts'
import type { OwnUrls } from './lib/own-urls.ts'
import type { Seal } from './lib/seal.ts'
import { type Limits, limitsOf, type QueryLimits } from './limits.ts'
import { createLoaders, type Loaders } from './loaders.ts'
import type { Append } from './messages/append.ts'
import type { History } from './messages/history.ts'
import type { Reactions } from './messages/reactions.ts'
import type { ScheduledMessages } from './messages/scheduled.ts'
import type { Threads } from './messages/threads.ts'
import type { Metrics } from './metrics.ts'
import type { Caller, Scope, ServerCaller, UserCaller, Uuid } from './model.ts'
import type { BeforeSend } from './moderation/before-send.ts'
import type { Cases } from './moderation/cases.ts'
import type { RateLimits } from './moderation/rate-limits.ts'
import type { Reports } from './moderation/reports.ts'
import type { Restrictions } from './moderation/restrictions.ts'
import type { SafetyHook } from './moderation/safety-hook.ts'
import type { Objects } from './objects/objects.ts'
import type { Scanner } from './scanner/scanner.ts'

export interface Parts {
  tenants: Tenants
  tokens: Tokens
  users: Users
  serverKeys: ServerKeys
  revocations: Revocations
  connections: Connections
  erasures: Erasures
  exports: Exports
  access: Access
  memberships: Memberships
  conversations: Conversations
  contacts: Contacts
  invites: Invites
  append: Append
  aversions: AversionStore
  aversionsNow: AversionsNow
  history: History
  reactions: Reactions
  scheduled: ScheduledMessages
  attachments: Attachments
  objects: Objects
  /** Of what this server answers itself. */
  urls: Pick<OwnUrls, 'url'>
  scanner: Scanner
  paint: Paint
  threads: Threads
  unread: UnreadCounts
  timeline: Timeline
  log: Log
  hubs: Hubs
  lastSeen: LastSeen
  cursors: Cursors
  devices: Devices
  changes: PresenceChanges
  membersOnline: MembersOnline
  typing: Typing
  pace: Pace
  rateLimits: RateLimits
  beforeSend: BeforeSend
  restrictions: Restrictions
  reports: Reports
  cases: Cases
  safetyHook: SafetyHook
  seal: Seal
  /** Of the database. */
  health: Health
  /** Timed work. */
  jobs: Jobs
  /** Of this node. */
  queryLimits: QueryLimits
  metrics: Metrics
}

/** The WebSocket over which it is asked. */
export interface Session {
  /** Another token of the same user: answers until when it is good. Throws FORBIDDEN or INVALID_INPUT. */
  renew(token: string): Promise<Date>
  /** As its user is shown it. */
  readonly connectionId: Uuid | null
}

export interface Context {
  parts: Parts
  caller: Caller | null
  /** null over HTTP. */
  session: Session | null
  /** The socket over which it is asked; null over HTTP. */
  device: SocketDevice | null
  /** By which what the caller asks from there is counted; null where that is not known. */
  address: string | null
  loaders: Loaders
  /** The tenant of the caller, or of the event whose selection is executed for a whole group of readers. Throws UNAUTHENTICATED. */
  readonly tenantId: Uuid
  /** Throws UNAUTHENTICATED, or FORBIDDEN for a server key. In a group it throws always: a field that reads it must be marked. */
  readonly viewer: UserCaller
  /** A customer's back end that may do this. Throws UNAUTHENTICATED or FORBIDDEN. */
  server(scope: Scope): ServerCaller
  /** Those of the caller's tenant; without one, the defaults. */
  limits(): Promise<Limits>
  /** As `limits`; while the database is away as they were known last, for what goes on then. */
  features(): Promise<Features>
}

export function createContext(
  parts: Parts,
  caller: Caller | null,
  { session = null, device = null, address = null }: Partial<Pick<Context, 'session' | 'device' | 'address'>> = {},
): Context {
  return Object.assign(Object.create(ofCaller) as Context, { parts, caller, session, device, address })
}

/** What all contexts have in common: a subscription keeps its own as long as it runs. */
const ofCaller: Context = {
  parts: null as never,
  caller: null,
  session: null,
  device: null,
  address: null,
  get loaders() {
    const loaders = createLoaders(this.parts, this.tenantId)
    Object.defineProperty(this, 'loaders', { value: loaders })
    return loaders
  },
  get tenantId() {
    return this.caller?.tenantId ?? unauthenticated()
  },
  get viewer() {
    if (this.caller?.kind === 'USER') return this.caller
    return this.caller ? refuse('A server key is no user: use a user’s token here') : unauthenticated()
  },
  server(scope) {
    const { caller } = this
    if (!caller) return unauthenticated()
    if (caller.kind !== 'SERVER') return refuse('Only a server key may do this')
    return caller.scopes.includes(scope) ? caller : refuse(`The server key lacks the scope ${scope}`)
  },
  async limits() {
    const { caller, parts } = this
    return { ...limitsOf(caller && (await parts.tenants.byId(caller.tenantId))), ...parts.queryLimits }
  },
  async features() {
    const { caller, parts } = this
    return featuresOf(caller && (await settingsNow(parts, caller.tenantId)))
  },
}

/** For a selection that is executed once for all readers of a group, whoever they are. */
export function createGroupContext(parts: Parts, tenantId: Uuid, loaders: () => Loaders): Context {
  return {
    parts,
    caller: null,
    session: null,
    device: null,
    address: null,
    get loaders() {
      return loaders()
    },
    tenantId,
    get viewer(): never {
      throw unmarked()
    },
    server: () => {
      throw unmarked()
    },
    limits: async () => ({ ...limitsOf(await parts.tenants.byId(tenantId)), ...parts.queryLimits }),
    features: async () => featuresOf(await settingsNow(parts, tenantId)),
  }
}

async function settingsNow({ tenants, health }: Parts, tenantId: Uuid) {
  const known = tenants.lastKnown(tenantId)
  if (!known) return tenants.byId(tenantId)
  return health.isAway ? known : tenants.byId(tenantId).catch(() => known)
}

function unmarked(): Error {
  return new Error('a field read the viewer without being marked so: see schema/builder.ts')
}

function unauthenticated(): never {
  throw new ChatError('UNAUTHENTICATED')
}

function refuse(message: string): never {
  throw new ChatError('FORBIDDEN', { message })
}
