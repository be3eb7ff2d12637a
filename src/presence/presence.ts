/** Who is here: what the gateways say of their users, each for as long as its lease. */
import type { PresenceState, UserName, Uuid } from '../model.ts'

/** What a user was and is, as all gateways together have it. */
export interface Change {
  before: PresenceState
  after: PresenceState
}

/**
 * One gateway's way into the set of those who are here; who is OFFLINE is not in it. Of several gateways that speak for one user the
 * best state counts: ACTIVE, then IDLE. What a gateway has said holds while its lease does: so a sign of life costs one write a
 * gateway and none a user, and the users of a gateway that died go offline when its lease ends.
 * Lossy: the set outlives neither its store nor its gateways. It tells nobody: who changes it publishes what it answers.
 */
export interface Presence {
  /** Puts in, changes or, by OFFLINE, takes out what this gateway says. Two calls for one user take effect in their order. */
  put(user: UserName, state: PresenceState): Promise<Change>
  /** Prolongs this gateway's lease from now on. false: it had ended, and the gateway must say all again. The first call begins it. */
  renew(leaseMs: number): Promise<boolean>
  /** Takes out what gateways had said whose lease has ended. Each user whom it changes is answered to one caller, once. */
  expire(): Promise<(UserName & Change)[]>
  /** In the order of the ids; who is not known is OFFLINE. */
  states(tenantId: Uuid, userIds: readonly Uuid[]): Promise<PresenceState[]>
  close(): Promise<void>
}

/** Of what several say of one user; OFFLINE of none. */
export function best(states: Iterable<PresenceState>): PresenceState {
  const said = new Set(states)
  if (said.has('ACTIVE')) return 'ACTIVE'
  return said.has('IDLE') ? 'IDLE' : 'OFFLINE'
}
