/** Every place of the mutations that takes an id, given those of the hidden worlds, with the subject's own ids beside it. */
import type { Answer } from '../actor.ts'
import { told } from './alike.ts'
import { fewOfEach, kindOf, MALFORMED } from './harvest.ts'
import { type Operation, rootOperations } from './operation.ts'
import { fillOf, isDone, wordIn } from './recipes.ts'
import type { Fill, Slot } from './slots.ts'
import { type Foreign, foreignIds, inTurn, oneOfEach, type Stage } from './stage.ts'

export async function tryMutations(stage: Stage): Promise<void> {
  const foreign = oneOfEach(foreignIds(stage))
  const shared = await stage.newWorld()
  for (const operation of rootOperations('mutation').filter(({ root }) => stage.isChosen(root))) {
    const recipe = stage.recipes.get(operation.root) ?? { names: new Map(), wears: false }
    const world = recipe.wears ? await stage.newWorld() : shared
    const own = world.ids
    const rest = fillOf({ names: recipe.names, isFull: false }, own, wordIn(world))
    for (const slot of operation.slots.filter(({ typeName }) => typeName === 'ID'))
      await tryIds(stage, { operation, slot, rest }, fitting(foreign, own[recipe.names.get(slot.key) ?? '']))
    await tryTogether(stage, operation, { names: recipe.names, own })
  }
}

/** All of the kind that the place takes, and one of each other kind: those are refused before anybody looks which it is. */
function fitting(foreign: readonly Foreign[], own: string | undefined): Foreign[] {
  if (own === undefined) return [...foreign]
  return foreign.filter(
    ({ id }, at, all) => kindOf(id) === kindOf(own) || all.findIndex((other) => kindOf(other.id) === kindOf(id)) === at,
  )
}

interface Place {
  operation: Operation
  slot: Slot
  rest: Fill
}

async function tryIds(stage: Stage, place: Place, foreign: readonly Foreign[]): Promise<void> {
  const coordinate = place.slot.coordinate
  const nothing = new Map<string, string>()
  for (const id of new Set(foreign.map((each) => each.nothing)))
    if (id !== null) nothing.set(id, told(await give(stage, place, { value: id, given: 'an id of nothing' }), id))
  await inTurn(foreign, async ({ id, given, nothing: like, world }) => {
    // Who knows of a public channel may join it, and would know it from the inside then.
    if (like === null && world.isOpen) return
    const answer = await give(stage, place, { value: id, given })
    if (like !== null && told(answer, id) !== nothing.get(like))
      stage.leaks.add({ place: coordinate, given, shown: `not as for nothing: ${told(answer, id).slice(0, 300)}` })
    if (isDone(answer, place.operation) && like === null)
      stage.leaks.add({ place: coordinate, given, shown: 'it was done' })
  })
  await inTurn(MALFORMED, async (value) => void (await give(stage, place, { value, given: JSON.stringify(value) })))
}

async function give(
  { ask, subject, leaks }: Stage,
  { operation, slot, rest }: Place,
  { value, given }: { value: string; given: string },
) {
  const variables = operation.variables((each) => (each.key === slot.key ? value : rest(each)))
  const answer = await ask.deep(subject, operation, variables)
  searchIn({ leaks }, answer, { place: slot.coordinate, given, asked: variables })
  return answer
}

function searchIn(
  { leaks }: Pick<Stage, 'leaks'>,
  answer: Answer<unknown>,
  at: { place: string; given: string; asked: unknown },
): void {
  leaks.search(answer, at)
  leaks.expectTyped(answer, at)
}

/** All places at once from one hidden world, each with an id of the kind that it takes. */
async function tryTogether(
  stage: Stage,
  operation: Operation,
  { names, own }: { names: ReadonlyMap<string, string>; own: Record<string, string> },
): Promise<void> {
  if (names.size < 2) return
  await inTurn(
    stage.worlds.filter(({ isOpen }) => !isOpen),
    async (world) => {
      const ids = fewOfEach([world.conversation, ...world.hidden.ids])
      const foreignFor = (name: string) => ids.find((id) => kindOf(id) === kindOf(own[name] ?? '')) ?? own[name]
      const variables = operation.variables((slot) =>
        names.has(slot.key) ? foreignFor(names.get(slot.key) ?? '') : undefined,
      )
      const answer = await stage.ask.deep(stage.subject, operation, variables)
      searchIn(stage, answer, { place: operation.name, given: `ids ${world.name}, together`, asked: variables })
      if (isDone(answer, operation) && !world.isRead)
        stage.leaks.add({ place: operation.name, given: `ids ${world.name}, together`, shown: 'it was done' })
    },
  )
}
