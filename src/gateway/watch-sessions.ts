/** Looks after all sessions of this node a few times a second: which have expired, and which were revoked, on whatever node or in the database itself. */
import type { Revocations, Revoked } from '../accounts/revocations.ts'
import { loop } from '../lib/loop.ts'
import type { Log } from '../log.ts'
import type { Sessions } from './sessions.ts'

/** Whoever may no longer be here is gone within a second: half of it may pass until it is noticed. */
const EVERY_MS = 500
const NOBODY: Revoked = { ids: new Set(), tokens: new Set(), signedOut: new Map() }

interface Dependencies {
  sessions: Sessions
  revocations: Revocations
  logger: Log
}

/** Answers what stops it. */
export function watchSessions({ sessions, revocations, logger }: Dependencies): () => void {
  const stopping = new AbortController()
  const expiry = setInterval(() => sessions.sweep(), EVERY_MS).unref()
  let answeredAt = Date.now()

  /** One statement, for all tenants; none while nobody is here. */
  async function pass(): Promise<undefined> {
    const asked = Date.now()
    // Not the loop's to back off from: when the database is back, what was revoked meanwhile is asked for at once.
    const revoked = sessions.size ? await revocations.ofLast((asked - answeredAt) / 1_000).catch(unanswered) : NOBODY
    if (!revoked) return
    sessions.revoke(revoked)
    answeredAt = asked
  }
  function unanswered(error: unknown): null {
    logger.debug({ error }, 'what was revoked could not be asked for')
    return null
  }
  void loop(pass, { everyMs: EVERY_MS, signal: stopping.signal, onError: unanswered })
  return () => {
    clearInterval(expiry)
    stopping.abort()
  }
}
