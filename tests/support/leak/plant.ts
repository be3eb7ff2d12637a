/** Puts words into a conversation by every mutation that there is, so that what a new one stores is searched for, too. Best effort: what is refused is left. */
import type { Actor } from '../actor.ts'
import type { Ask } from './ask.ts'
import { fieldsOf, objectsOf, rootFields } from './printed.ts'
import { fillOf, type Recipe } from './recipes.ts'

export interface Planting {
  conversation: string
  word: (what: string) => string
  /** What belongs to the conversation as a whole stays visible to who comes later. */
  messagesOnly: boolean
}

/** What a user says of himself is for everybody of his tenant. */
const OF_ONESELF: ReadonlySet<string> = new Set(['updateProfile', 'setStatus'])

export type Plant = (owner: Actor, planting: Planting) => Promise<void>

export function createPlant(
  ask: Ask,
  {
    recipes,
    othersOf,
  }: { recipes: ReadonlyMap<string, Recipe>; othersOf: (owner: Actor) => Promise<[string, string]> },
): Plant {
  return async (owner, { conversation, word, messagesOnly }) => {
    const [userMember, userOutsider] = await othersOf(owner)
    for (const [root, recipe] of recipes) {
      if (OF_ONESELF.has(root) && !owner.externalId.startsWith('needle')) continue
      if (recipe.wears || (messagesOnly && !isAboutMessages(recipe))) continue
      // A message for each: one that changes it must not spoil the next.
      const message = (await owner.send(conversation, word('a text'))).id
      const ids = { conversation, message, messageOfFriend: message, userMember, userOutsider, user: owner.id }
      const fill = fillOf(recipe, ids, ({ coordinate }) => word(coordinate))
      await ask.shallow(owner, recipe.operation, recipe.operation.variables(fill))
    }
  }
}

function isAboutMessages({ operation, names }: Recipe): boolean {
  const root = rootFields('mutation').find(({ name }) => name === operation.root)
  const answers = root ? objectsOf(root.type).flatMap(fieldsOf) : []
  const takesOne = [...names.values()].some((name) => name.startsWith('message'))
  return takesOne || answers.some(({ type }) => objectsOf(type).some(({ name }) => name === 'Message'))
}
