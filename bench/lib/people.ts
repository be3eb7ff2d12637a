/** A tenant and its users, each with a token: what a customer's back end would make before its clients come. */
import type { Parts } from '../../src/context.ts'
import type { User, Uuid } from '../../src/model.ts'
import { RAISED_LIMITS } from './raised.ts'

const AT_ONCE = 1_000
const TOKEN_SECONDS = 3_600

export const makeTenant = ({ tenants }: Pick<Parts, 'tenants'>): Promise<Uuid> =>
  tenants.create({ slug: 'bench', name: 'Bench', limits: RAISED_LIMITS })

export interface Person extends User {
  token: string
}

/** By external id `name-1`, `name-2`, … Their name is as long as that of the baselines' only author. */
export async function makePeople(
  { users, tokens }: Pick<Parts, 'users' | 'tokens'>,
  tenantId: Uuid,
  { name, count }: { name: string; count: number },
): Promise<Person[]> {
  const externalIds = Array.from({ length: count }, (_, nth) => `${name}-${nth + 1}`)
  const people = new Map<string, Person>()
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = externalIds.slice(from, from + AT_ONCE)
    const stored = await users.upsert(
      tenantId,
      some.map((externalId) => ({ externalId, name: 'Someone' })),
    )
    const made = await Promise.all(
      stored.map(async (user) => ({
        ...user,
        ...(await tokens.make(tenantId, { externalId: user.externalId, ttlSeconds: TOKEN_SECONDS })),
      })),
    )
    for (const person of made) people.set(person.externalId, person)
  }
  return externalIds.flatMap((externalId) => people.get(externalId) ?? [])
}
