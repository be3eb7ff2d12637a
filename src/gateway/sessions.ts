/**
 * How long whoever came in may stay: until his token expires, or what let him in is revoked. His operations end first, each with the reason, then
 * his socket. One sweep looks after all of them, and only at those whose time has come; there is no timer a socket.
 */
import type { Connections, OpenConnection, Origin } from '../accounts/connections.ts'
import type { Identify } from '../accounts/identify.ts'
import type { Revoked } from '../accounts/revocations.ts'
import { isSignedOut } from '../accounts/sign-outs.ts'
import { ChatError } from '../errors.ts'
import { agenda, type Dated } from '../lib/agenda.ts'
import { Interruptible } from '../lib/interruptible.ts'
import type { Caller, UserCaller, Uuid } from '../model.ts'
import { type Closing, closing, FORBIDDEN } from './closing.ts'

const WARNING_MS = 60_000
/** So long an expired socket may still be renewed. */
const GRACE_MS = 30_000

/** What a session does to whoever holds it; a subscription over HTTP hears nothing. */
export interface Peer {
  ping(payload: Record<string, unknown>): void
  close(closing: Closing): void
}

export interface Session {
  /** As its user is shown it; null where he is none. */
  readonly connectionId: Uuid | null
  readonly caller: Caller | null
  /** Why nothing may be asked now; null when it may. */
  readonly refusal: ChatError | null
  /** Ends with the session. */
  guard<T>(source: AsyncIterator<T>): AsyncIterableIterator<T>
  /** Another token of the same user: answers until when it is good. Throws FORBIDDEN or INVALID_INPUT. */
  renew(token: string): Promise<Date>
  leave(): void
}

/** Due when there is something to look at; never, unless a token of his ends. */
interface Held extends Dated {
  caller: Caller | null
  refusal: ChatError | null
  isWarned: boolean
  /** Few: a list of just so many is the smallest that holds them. */
  operations: readonly { interrupt(error: Error): void }[]
  peer: Peer | null
  /** Of a user, as he is shown it. */
  connection: OpenConnection | null
}

export type Sessions = ReturnType<typeof createSessions>

interface Dependencies {
  identify: Identify
  connections: Pick<Connections, 'opened'>
  /** How an operation is told what it ends with. */
  expose: (error: ChatError) => Error
  now?: () => number
}

export function createSessions({ identify, connections, expose, now = Date.now }: Dependencies) {
  const open = new Set<Held>()
  const ending = agenda<Held>()

  function end(held: Held, reason: ChatError): void {
    held.refusal = reason
    for (const operation of held.operations) operation.interrupt(expose(reason))
  }

  function close(held: Held, { code, message }: ChatError): void {
    open.delete(held)
    ending.delete(held)
    // What its operations ended with is written before.
    setImmediate(() => held.peer?.close(closing(FORBIDDEN, { code, message })))
  }

  /** From now on, with the token he has. */
  function watch(held: Held): void {
    if (held.caller?.kind === 'USER') ending.set(held, held.caller.expiresAt.getTime() - WARNING_MS)
  }

  function look(held: Held): void {
    if (held.caller?.kind !== 'USER') return
    const endsAt = held.caller.expiresAt.getTime()
    const leftMs = endsAt - now()
    if (leftMs > -GRACE_MS) ending.set(held, leftMs > 0 ? endsAt : endsAt + GRACE_MS)
    if (leftMs <= -GRACE_MS) close(held, held.refusal ?? new ChatError('TOKEN_EXPIRED'))
    else if (leftMs <= 0) expire(held)
    else if (!held.isWarned) warn(held, leftMs)
  }

  function expire(held: Held): void {
    if (!held.refusal) end(held, new ChatError('TOKEN_EXPIRED'))
  }

  function warn(held: Held, expiresInMs: number): void {
    held.isWarned = true
    held.peer?.ping({ type: 'expiring', expiresInMs })
  }

  async function renew(held: Held, token: string): Promise<Date> {
    const before = held.caller
    if (before?.kind !== 'USER') throw new ChatError('FORBIDDEN', { message: 'Only the token of a user is renewed' })
    const caller = await identify(token).catch((error) => {
      if (!(error instanceof ChatError) || error.code !== 'UNAUTHENTICATED') throw error
      throw new ChatError('INVALID_INPUT', { message: error.message, path: 'input.token' })
    })
    if (caller.kind !== 'USER' || caller.tenantId !== before.tenantId || caller.userId !== before.userId)
      throw new ChatError('FORBIDDEN', { message: 'The token is another user’s: he needs a socket of his own' })
    if (!open.has(held)) throw new ChatError('FORBIDDEN', { message: 'This socket has ended; open another one' })
    Object.assign(held, { caller, refusal: null, isWarned: false })
    watch(held)
    held.connection?.has(caller)
    return caller.expiresAt
  }

  /** A class: there are as many of them as sockets, and each would else hold functions of its own. */
  class Entered implements Session, Held {
    caller: Caller | null
    readonly peer: Peer | null
    connection: OpenConnection | null
    refusal: ChatError | null = null
    isWarned = false
    dueAt: number | null = null
    operations: Held['operations'] = []

    constructor(caller: Caller | null, peer: Peer | null, origin: Origin) {
      this.caller = caller
      this.peer = peer
      this.connection = caller?.kind === 'USER' ? connections.opened(caller, origin) : null
    }
    get connectionId(): Uuid | null {
      return this.connection?.id ?? null
    }
    guard<T>(source: AsyncIterator<T>): AsyncIterableIterator<T> {
      const operation = new Interruptible(source, (ended) => {
        this.operations = this.operations.filter((each) => each !== ended)
      })
      this.operations = [...this.operations, operation]
      if (this.refusal) operation.interrupt(expose(this.refusal))
      return operation
    }
    renew(token: string): Promise<Date> {
      return renew(this, token)
    }
    leave(): void {
      open.delete(this)
      ending.delete(this)
      this.connection?.closed(this.caller as UserCaller)
      this.connection = null
    }
  }

  function enter(caller: Caller | null, peer: Peer | null, origin: Origin): Session {
    const entered = new Entered(caller, peer, origin)
    open.add(entered)
    watch(entered)
    return entered
  }

  return {
    enter,

    get size() {
      return open.size
    },

    /** Warns who has a minute left, and ends who has nothing left. Called a few times a second. */
    sweep(): void {
      for (const held of ending.take(now())) if (open.has(held)) look(held)
    },

    /** Ends all that came in by one of these keys or tokens, as one of these users, or of one of these tenants. */
    revoke(revoked: Revoked): void {
      if (!revoked.ids.size && !revoked.tokens.size && !revoked.signedOut.size) return
      for (const held of [...open]) {
        const reason = held.caller && reasonOf(held.caller, revoked)
        if (!reason) continue
        end(held, reason)
        close(held, reason)
      }
    },
  }
}

function reasonOf(caller: Caller, { ids, tokens, signedOut }: Revoked): ChatError | null {
  if (ids.has(caller.tenantId)) return new ChatError('TENANT_SUSPENDED')
  if (caller.kind === 'USER' && ids.has(caller.userId))
    return new ChatError('UNAUTHENTICATED', { message: 'This user is deactivated or banned' })
  if (caller.kind === 'USER') {
    const signedOutAt = signedOut.get(caller.userId) ?? null
    const signedOutTokens = tokens.has(caller.tokenHash) ? [caller.tokenHash] : []
    if (isSignedOut({ signedOutAt, signedOutTokens }, caller))
      return new ChatError('UNAUTHENTICATED', { message: 'This token was signed out; get a new one' })
  }
  return ids.has(caller.keyId) ? new ChatError('UNAUTHENTICATED', { message: 'The key is revoked' }) : null
}
