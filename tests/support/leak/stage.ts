/** Who asks, in what company, and what is hidden from him: all that the tries of the walk need. */
import type { Actor, BackEnd } from '../actor.ts'
import type { Ask, Asked } from './ask.ts'
import { fewOfEach, kindOf, nothingLike } from './harvest.ts'
import type { Leaks } from './leaks.ts'
import type { OwnWorld } from './own-world.ts'
import type { Recipe } from './recipes.ts'
import type { World } from './worlds.ts'

export interface Stage {
  ask: Ask
  asked: Asked
  leaks: Leaks
  subject: Actor | BackEnd
  /** What is hidden from the subject. */
  worlds: readonly World[]
  /** What he reads: to ask below it for what he must not see. */
  ownIds: readonly string[]
  /** A fresh conversation of his own. */
  newWorld(): Promise<OwnWorld>
  recipes: ReadonlyMap<string, Recipe>
  /** Whether this root field is asked at all. */
  isChosen(root: string): boolean
}

export interface Foreign {
  id: string
  given: string
  /** Of the same kind and of nothing: it must be answered alike. null where the subject may know that it is there. */
  nothing: string | null
  world: World
}

/** Of every world a few ids of each kind. */
export function foreignIds({ worlds }: Stage): Foreign[] {
  return worlds.flatMap((world) => [
    ...fewOfEach(world.hidden.ids).map((id) => ({
      id,
      given: `${kindOf(id)}_ ${world.name}`,
      nothing: nothingLike(id),
      world,
    })),
    ...(world.isKnown && !world.isRead
      ? [{ id: world.conversation, given: `the conversation ${world.name}`, nothing: null, world }]
      : []),
  ])
}

/** Of each kind and world the first, and the conversations that he may know of. */
export const oneOfEach = (foreign: readonly Foreign[]): Foreign[] =>
  foreign.filter(
    ({ id, world, nothing }, at, all) =>
      nothing === null || all.findIndex((other) => other.world === world && kindOf(other.id) === kindOf(id)) === at,
  )

/** A few at a time: the server is one process, and a batch of thousands would only wait in it. */
export async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values()
  const lane = async () => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: 6 }, lane))
}
