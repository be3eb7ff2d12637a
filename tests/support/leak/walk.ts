/** One walk over one server: a user and a back end look for what is hidden, and the owners for what is their own. */
import type { App } from '../../../src/app.ts'
import { encodeId } from '../../../src/lib/ids.ts'
import { createTenant, type Sockets } from '../test-app.ts'
import { notAsked } from './coverage.ts'
import { findLeaks } from './find-leaks.ts'
import type { Leak } from './leaks.ts'
import { type Choice, openStages } from './open-stage.ts'
import { rootFields } from './printed.ts'
import { about } from './read.ts'
import { REPORTED } from './reported.ts'

export interface Walk {
  leaks: Leak[]
  operations: number
  notAsked: string[]
  /** Mutations that nobody could do: what they would have told or changed is not known. */
  notDone: string[]
  /** Of what was hidden, what its own owner was not shown either: there the walk is blind. */
  unseen: string[]
}

export async function walk(
  app: App,
  { sockets, choice }: { sockets: Pick<Sockets, 'adopt'>; choice?: Choice },
): Promise<Walk> {
  const many = { socketsPerUser: 1_000, subscriptionsPerSocket: 10_000, operationsPerSecond: 100_000 }
  const [home, far] = [await createTenant(app, sockets, many), await createTenant(app, sockets, many)]
  const { secrets, worlds, asked, user, backEnd } = await openStages({ home, far }, choice)
  secrets.hide(
    REPORTED,
    (await app.parts.cases.open(1_000)).map(({ id }) => encodeId('case', id)),
  )
  const leaks = [...(await findLeaks(user, secrets)), ...(await findLeaks(backEnd, secrets))]
  const notDone = rootFields('mutation')
    .map(({ name }) => name)
    .filter((name) => !user.recipes.has(name) && !backEnd.recipes.has(name))
  const unseen: string[] = []
  for (const { name, owner, conversation, words } of worlds) {
    const readings = await about(user.ask, owner, conversation)
    const seen = new Set(
      readings
        .flatMap(({ answers, variables }) => secrets.find(answers, { given: variables, worlds: [name] }))
        .map(({ what }) => what),
    )
    unseen.push(...new Set(words.map(secrets.whatIs)).difference(seen))
  }
  return { leaks, operations: asked.operations, notAsked: notAsked(asked), notDone, unseen }
}

/** A line each place, with one of what it showed. */
export function summary(leaks: readonly Leak[]): string {
  const places = Map.groupBy(leaks, ({ place, given }) => `${place}, given ${given}`)
  return [...places]
    .map(([at, all]) => `${at}: ${all[0]?.shown}${all.length > 1 ? ` (and ${all.length - 1} more)` : ''}`)
    .join('\n')
}
