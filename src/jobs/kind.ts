/** What there is to say of one kind of timed work before anybody does it. A kind is declared beside what sends it, and given its handler in workers/jobs.ts. */
import type { UserName, Uuid } from '../model.ts'

export interface JobKind<Payload extends object = object> {
  /** Of its queue: never changed, since what waits is found by it. */
  name: string
  /** Of its payload: what is of a tenant names it `tenantId`, by which it goes with him. The edge: what was stored, perhaps by another release. What it throws fails the run, to be seen and retried by the operator. */
  parse(stored: unknown): Payload
  /** After the last try it is a dead letter: `npm run jobs`. */
  retries: number
  /** Before the second try; doubled from try to try, up to an hour. */
  retrySeconds: number
  /** A run that takes longer is given up and tried again. */
  expireSeconds: number
  /** How late it may begin: the shortest of all kinds is how often it is looked what is due of any. */
  everySeconds: number
  /** How many are done at the same time by one server. */
  together: number
  /** When it is due again and again, in the words of cron, UTC. */
  cron?: string
}

const PATIENT = { retries: 10, retrySeconds: 5, expireSeconds: 600, everySeconds: 2, together: 10 }

export function jobKind<Payload extends object>(
  given: Pick<JobKind<Payload>, 'name' | 'parse'> & Partial<JobKind<Payload>>,
): JobKind<Payload> {
  return { ...PATIENT, ...given }
}

/** Done at its hours for the whole installation, so it has no payload. */
export const recurringKind = (name: string, cron: string): JobKind =>
  jobKind({ name, cron, parse: () => ({}), everySeconds: 30 })

/** The field of a payload that names something by its UUID. */
export function uuidIn(stored: unknown, field: string): Uuid {
  const value = (stored as Record<string, unknown> | null)?.[field]
  if (typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value)) return value
  throw new Error(`a job’s ${field} is no UUID`)
}

/** The payload of what is done to a user. */
export const userIn = (stored: unknown): UserName => ({
  tenantId: uuidIn(stored, 'tenantId'),
  userId: uuidIn(stored, 'userId'),
})

/** The payload of what is done to something of a tenant. */
export const idIn = (stored: unknown): { tenantId: Uuid; id: Uuid } => ({
  tenantId: uuidIn(stored, 'tenantId'),
  id: uuidIn(stored, 'id'),
})
