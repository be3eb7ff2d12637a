/** The hidden worlds are built, and somebody is sent to look for what is in them: a user, and a customer's back end. */
import type { Actor, BackEnd } from '../actor.ts'
import { mutate } from '../mutate.ts'
import { Asked, createAsk } from './ask.ts'
import { buildWorld } from './build-world.ts'
import { Leaks } from './leaks.ts'
import { type Company, ownWorld } from './own-world.ts'
import { createPlant } from './plant.ts'
import { readAbout } from './read.ts'
import { findRecipes } from './recipes.ts'
import { REPORTED, reportIn } from './reported.ts'
import { createSecrets, type Secrets } from './secrets.ts'
import type { Stage } from './stage.ts'
import { AFTERWARDS } from './try-repeats.ts'
import { ANOTHER_TENANT, PLANS, type World } from './worlds.ts'

interface House {
  backEnd: BackEnd
  user(externalId: string): Promise<Actor>
}

export interface Stages {
  secrets: Secrets
  worlds: World[]
  asked: Asked
  user: Stage
  backEnd: Stage
}

/** A part of the walk: only these root fields, only these worlds. */
export interface Choice {
  isChosen: Stage['isChosen']
  worldNames: readonly string[]
}

const EVERYTHING: Choice = { isChosen: () => true, worldNames: Object.keys(PLANS) }

export async function openStages(
  { home, far }: { home: House; far: House },
  { isChosen, worldNames }: Choice = EVERYTHING,
): Promise<Stages> {
  const secrets = createSecrets()
  const asked = new Asked()
  const ask = createAsk(asked)
  const [subject, scout, friend, outsider] = [
    await home.user('mallory'),
    await home.user('scout'),
    await home.user('friend'),
    await home.user('outsider'),
  ]
  const company: Company = { backEnd: home.backEnd, friend, outsider }

  const recipes = await findRecipes(ask, { actor: scout, isChosen, world: () => ownWorld(scout, company) })
  const serverRecipes = await findRecipes(ask, { actor: home.backEnd, isChosen, world: () => ownWorld(scout, company) })

  const farNeighbour = await far.user(secrets.word(ANOTHER_TENANT, 'a customer’s id'))
  const owner = async (of: string) => {
    if (of !== ANOTHER_TENANT) return home.user(`owner ${of}`)
    const externalId = secrets.word(of, 'a customer’s id')
    const own = await far.user(externalId)
    const avatarUrl = `https://example.com/${secrets.word(of, 'an avatar').split(' ')[1]}`
    await mutate(far.backEnd, 'upsertUsers', { users: [{ externalId, name: secrets.word(of, 'a name'), avatarUrl }] })
    return own
  }
  const plant = createPlant(ask, {
    recipes,
    othersOf: async ({ externalId }) =>
      externalId.startsWith('needle') ? [farNeighbour.id, farNeighbour.id] : [friend.id, outsider.id],
  })
  const read = (actor: Actor, id: string) => readAbout(ask, actor, id)
  const worlds = await inOrder(worldNames, (name) => buildWorld(name, { subject, owner, secrets, plant, read }))

  const mine = await ownWorld(subject, company)
  await reportIn(mine, { reporter: await home.user('reporter'), secrets })
  const shared = worlds.filter(({ isRead, isOpen }) => isRead || isOpen).map(({ conversation }) => conversation)
  const common = { ask, asked, isChosen }
  const names = worlds.map(({ name }) => name)
  return {
    secrets,
    worlds,
    asked,
    user: {
      ...common,
      subject,
      worlds,
      recipes,
      leaks: new Leaks(secrets, [...names, AFTERWARDS, REPORTED]),
      ownIds: [...shared, ...Object.values(mine.ids)],
      newWorld: () => ownWorld(subject, company),
    },
    backEnd: {
      ...common,
      subject: home.backEnd,
      worlds: worlds.filter(({ name }) => name === ANOTHER_TENANT),
      recipes: serverRecipes,
      leaks: new Leaks(secrets, [ANOTHER_TENANT, REPORTED]),
      ownIds: Object.values(mine.ids),
      newWorld: () => ownWorld(scout, company),
    },
  }
}

async function inOrder<T, Made>(items: readonly T[], make: (item: T) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = []
  for (const item of items) made.push(await make(item))
  return made
}
