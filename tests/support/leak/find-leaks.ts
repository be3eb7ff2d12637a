/** The walk: whatever the printed schema lets one ask, asked by somebody for what is not his to see. */
import type { Actor } from '../actor.ts'
import type { Leak } from './leaks.ts'
import { about } from './read.ts'
import type { Secrets } from './secrets.ts'
import type { Stage } from './stage.ts'
import { tryMutations } from './try-mutations.ts'
import { tryLists, tryQueries } from './try-queries.ts'
import { tryRepeats } from './try-repeats.ts'
import { trySubscriptions } from './try-subscriptions.ts'
import type { World } from './worlds.ts'

export async function findLeaks(stage: Stage, secrets: Secrets): Promise<Leak[]> {
  await tryLists(stage)
  await tryQueries(stage)
  if (isUser(stage)) await trySubscriptions(stage)
  const before = await asOwnersSee(stage)
  await tryMutations(stage)
  const after = await asOwnersSee(stage)
  for (const [at, world] of stage.worlds.entries())
    if (before[at] !== after[at])
      stage.leaks.add({ place: 'Mutation', given: `ids ${world.name}`, shown: 'something was changed there' })
  if (isUser(stage)) await tryRepeats(stage, secrets)
  return stage.leaks.all
}

const isUser = (stage: Stage): stage is Stage & { subject: Actor } => stage.subject.id !== ''

function asOwnersSee({ ask, worlds }: Stage): Promise<string[]> {
  return Promise.all(
    worlds.map(async ({ owner, conversation }: World) =>
      JSON.stringify((await about(ask, owner, conversation, 1)).map(({ answers }) => answers)),
    ),
  )
}
