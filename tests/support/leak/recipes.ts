/** How each mutation is done: which of one's own ids it takes in which place. The schema does not say it, so it is found by trial. */
import type { Answer } from '../actor.ts'
import { inAnHour } from '../scheduling.ts'
import { told } from './alike.ts'
import type { Ask, Asking } from './ask.ts'
import { type Operation, rootOperations } from './operation.ts'
import type { OwnWorld } from './own-world.ts'
import { isRefusal } from './printed.ts'
import { content, type Fill, type Slot } from './slots.ts'

export interface Recipe {
  operation: Operation
  /** The name of the own id for each slot that takes one. */
  names: ReadonlyMap<string, string>
  /** Whether everything optional may stand beside it. */
  isFull: boolean
  /** Whether the conversation is no longer what it was: left, archived. */
  wears: boolean
}

interface Rehearsal {
  actor: Asking
  world: () => Promise<OwnWorld>
  isChosen: (root: string) => boolean
}

/** Done for oneself it takes the asker’s own token, and nothing could be asked after it: journeys of their own do these. */
export const ENDS_ITS_ASKER: ReadonlySet<string> = new Set(['signOutEverywhere'])

/** Of the ways to put own ids into the required places. */
const MOST_TRIALS = 64

/** Mutations that the actor can do; what wears the world out leaves the next one a fresh one. */
export async function findRecipes(ask: Ask, { actor, world, isChosen }: Rehearsal): Promise<Map<string, Recipe>> {
  const found = new Map<string, Recipe>()
  let own = await world()
  for (const operation of rootOperations('mutation').filter(
    ({ root }) => isChosen(root) && !ENDS_ITS_ASKER.has(root),
  )) {
    const recipe = await findRecipe(ask, operation, { actor, own })
    if (recipe) found.set(operation.root, recipe)
    if (recipe?.wears) own = await world()
  }
  return found
}

async function findRecipe(
  ask: Ask,
  operation: Operation,
  { actor, own }: { actor: Asking; own: OwnWorld },
): Promise<Recipe | null> {
  const before = await standing(own)
  let refused = ''
  for (const names of combinations(operation, Object.keys(own.ids))) {
    let last = ''
    for (const isFull of [true, false]) {
      const recipe = { operation, names, isFull }
      const answer = await ask.shallow(actor, operation, operation.variables(fillOf(recipe, own.ids, wordIn(own))))
      if (isDone(answer, operation)) return { ...recipe, wears: (await standing(own)) !== before }
      last = told(answer, '')
    }
    // FORBIDDEN for one's own and for what is no conversation at all: it is the asker who is refused, not the ids.
    if (last === refused && last.includes('"FORBIDDEN"')) return null
    refused = last
  }
  return null
}

/** What its two owners may do in it, and whether its messages are still there. */
async function standing({ conversation, subject, friend, ids }: OwnWorld): Promise<string> {
  const query = `query ($id: ID!, $messages: [ID!]!) {
    conversation(id: $id) { capabilities archivedAt viewerMembership { role } }
    nodes(ids: $messages) { ... on Message { id deletedAt } }
  }`
  const variables = { id: conversation, messages: [ids.message, ids.messageOfFriend] }
  return JSON.stringify(await Promise.all([subject, friend].map((each) => each.answer(query, variables))))
}

/** By the recipe, with texts as `word` gives them. */
export function fillOf(
  { names, isFull }: Pick<Recipe, 'names' | 'isFull'>,
  ids: Readonly<Record<string, string>>,
  word: (slot: Slot) => string,
): Fill {
  return (slot) => {
    if (slot.typeName === 'ID') return ids[names.get(slot.key) ?? '']
    if (!slot.isRequired && !(isFull && isOfAnObjectThatIsThere(slot))) return undefined
    return NO_FREE_TEXT[placeIn(slot)] ?? content(slot, word(slot))
  }
}

/** `input.title`, and not `input.add.role`: an optional object comes with its ids or not at all. */
const isOfAnObjectThatIsThere = ({ key }: Slot) => key.split('.').length <= 2

/** Also when a field of its payload was refused, and took all of the answer with it. */
export function isDone({ data, errors }: Answer<unknown>, { root }: Operation): boolean {
  const result = (data as Record<string, { __typename?: string } | null> | null)?.[root]
  return (
    (result != null && !isRefusal(result.__typename)) ||
    errors.some(({ path }) => path?.[0] === root && path.length > 1)
  )
}

const placeIn = ({ key }: Slot): string => key.split('.').at(-1) ?? ''

/** Of type String, and yet not whatever one likes. */
const NO_FREE_TEXT: Record<string, string> = { emoji: '👍', contentType: 'text/plain', dueAt: inAnHour() }

let words = 0
const newWord = () => `word ${++words}`

/** Some texts stand for something that is there, as an invite's code does. */
export const wordIn =
  ({ texts }: Pick<OwnWorld, 'texts'>) =>
  (slot: Slot) =>
    texts[placeIn(slot)] ?? newWord()

const isOwnId = ({ typeName, isRequired }: Slot) => typeName === 'ID' && isRequired

function combinations({ slots }: Operation, names: readonly string[]): ReadonlyMap<string, string>[] {
  return slots
    .filter(isOwnId)
    .reduce<[string, string][][]>(
      (before, slot) =>
        byLikeness(slot, names).flatMap((name) =>
          before.map((some) => [...some, [slot.key, name] as [string, string]]),
        ),
      [[]],
    )
    .slice(0, MOST_TRIALS)
    .map((pairs) => new Map(pairs))
}

/** The likeliest first: it saves trials and decides nothing. */
function byLikeness(slot: Slot, names: readonly string[]): string[] {
  const place = placeIn(slot).toLowerCase()
  const likeness = (name: string) => name.split(/(?=[A-Z])/).filter((part) => place.includes(part.toLowerCase())).length
  return [...names].sort((one, other) => likeness(other) - likeness(one))
}
