/** Builds a hidden world as its plan says: what its owner does in it, and when the subject comes and goes. */
import type { Actor } from '../actor.ts'
import { mutate } from '../mutate.ts'
import type { Reader } from '../reader.ts'
import { type Furnished, furnish } from './furnish.ts'
import { type Harvest, kindOf } from './harvest.ts'
import type { Plant } from './plant.ts'
import type { Secrets } from './secrets.ts'
import { ANOTHER_TENANT, PLANS, type Plan, type World } from './worlds.ts'

export interface Building {
  subject: Actor
  owner(of: string): Promise<Actor>
  secrets: Secrets
  /** Whatever the schema's mutations can put there. */
  plant: Plant
  /** Everything that the owner reads about an id. */
  read(owner: Actor, id: string): Promise<Harvest>
}

interface Site {
  name: string
  owner: Actor
  conversation: string
  words: string[]
  /** `messagesOnly`: what belongs to the conversation as a whole stays visible to who comes later. */
  hide(what: 'everything' | 'messagesOnly'): Promise<Furnished>
  readAll(): Promise<Harvest>
}

let shares = 0

export async function buildWorld(name: string, building: Building): Promise<World> {
  const plan = PLANS[name] ?? {}
  const site = await openSite(name, plan, building)
  const { owner, conversation, words } = site
  const all = await hiddenIn(site, plan, building)
  const [isOpen, isRead] = [plan.visibility === 'PUBLIC', plan.stay === 'FROM_THE_MIDDLE_ON']
  const isKnown = isOpen || plan.stay !== undefined
  // Users of the own tenant are listed to everybody of it.
  const isPublic = (id: string) => (isKnown && id === conversation) || (kindOf(id) === 'usr' && name !== ANOTHER_TENANT)
  const hidden = { ...all, ids: new Set([...all.ids].filter((id) => !isPublic(id))) }
  building.secrets.hide(name, hidden.ids)
  const early = [...hidden.ids].find((id) => kindOf(id) === 'msg') ?? ''
  const word = wordFor(building.secrets, { name, words, plan })
  return {
    ...{ name, owner, conversation, isKnown, isRead, isOpen, hidden, words },
    stir: async () => void (await (isRead ? quote(owner, conversation, early) : furnish(owner, conversation, word))),
  }
}

/** A conversation, heard from its beginning. */
async function openSite(name: string, plan: Plan, { owner: ownerOf, secrets, plant, read }: Building): Promise<Site> {
  const owner = await ownerOf(name)
  const { visibility, history } = plan
  const input = { kind: 'CHANNEL', visibility, history, memberIds: [] }
  const begun = await mutate(owner, 'createConversation', input, 'conversation { id }')
  const { id: conversation } = begun.conversation as { id: string }
  const readers = { conversationEvents: await owner.listen(conversation), feed: await owner.feed() }
  const words: string[] = []
  return {
    ...{ name, owner, conversation, words },
    async hide(what) {
      const messagesOnly = what === 'messagesOnly' || visibility === 'PUBLIC'
      await plant(owner, { conversation, word: (each) => secrets.word(name, each), messagesOnly })
      words.length = 0
      return furnish(owner, conversation, wordFor(secrets, { name, words, plan }))
    },
    readAll: async () =>
      withHeard(await read(owner, conversation), readers, await owner.send(conversation, 'seen by all')),
  }
}

async function hiddenIn(site: Site, { stay }: Plan, { subject, secrets }: Building): Promise<Harvest> {
  const { owner, conversation, words } = site
  if (stay === undefined) {
    await site.hide('everything')
    return site.readAll()
  }
  if (stay === 'FROM_THE_START_THEN_REMOVED') {
    await owner.add(conversation, subject)
    await furnish(owner, conversation, (what) => `shared ${what} ${++shares}`)
    return afterRemoval(site, subject, 'everything')
  }
  const { messages } = await site.hide('messagesOnly')
  const before = await site.readAll()
  const details = { title: 'now', topic: null, avatarUrl: null, metadata: null }
  await mutate(owner, 'updateConversation', { conversationId: conversation, ...details })
  words.splice(0, words.length, ...words.filter((word) => /message|text|client/.test(secrets.whatIs(word))))
  await owner.add(conversation, subject)
  await subject.send(conversation, 'I see', { replyToId: await quote(owner, conversation, messages[2]) })
  if (stay === 'FROM_THE_MIDDLE_ON') return before
  const after = await afterRemoval(site, subject, 'messagesOnly')
  return { ids: before.ids.union(after.ids), cursors: new Map([...before.cursors, ...after.cursors]) }
}

/** What he has not heard of up to his own removal. */
async function afterRemoval(site: Site, subject: Actor, what: 'everything' | 'messagesOnly'): Promise<Harvest> {
  await site.owner.remove(site.conversation, subject)
  const known = await site.readAll()
  await site.hide(what)
  const all = await site.readAll()
  const cursors = new Map([...all.cursors].filter(([cursor]) => !known.cursors.has(cursor)))
  return { ids: all.ids.difference(known.ids), cursors }
}

/** A message that quotes the hidden one, and another that quotes the quote. */
async function quote(owner: Actor, conversation: string, replyToId: string): Promise<string> {
  const { id } = await owner.send(conversation, 'as I said', { replyToId })
  await owner.send(conversation, 'as I said I said', { replyToId: id })
  return id
}

/** With what the owner has heard up to this message. */
async function withHeard(all: Harvest, readers: Record<string, Reader>, { id }: { id: string }): Promise<Harvest> {
  for (const [root, reader] of Object.entries(readers)) {
    await reader.next((event) => event.__typename === 'MessageSent' && event.message?.id === id)
    for (const event of reader.events) {
      if ('id' in event) all.ids.add(event.id)
      if ('message' in event && event.message) all.ids.add(event.message.id)
      all.cursors.set(event.cursor, root)
    }
  }
  return all
}

/** What a public channel is called is for everybody of the tenant: only what is said in it is hidden. */
function wordFor(secrets: Secrets, { name, words, plan }: { name: string; words: string[]; plan: Plan }) {
  return (what: string): string => {
    if (plan.visibility === 'PUBLIC' && !/message|text|client/.test(what)) return `public ${what}`
    const word = secrets.word(name, what)
    words.push(word)
    return word
  }
}
