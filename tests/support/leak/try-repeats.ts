/** Every mutation done once by a member, and asked again under the same client's id when he is none, and what it changed is no longer as it was. */
import { mutate } from '../mutate.ts'
import { emptyHarvest, harvest, kindOf } from './harvest.ts'
import type { Operation } from './operation.ts'
import type { OwnWorld } from './own-world.ts'
import { isRefusal } from './printed.ts'
import { fillOf, isDone, wordIn } from './recipes.ts'
import type { Secrets } from './secrets.ts'
import type { Stage } from './stage.ts'

/** The name of what is hidden from him by then. */
export const AFTERWARDS = 'from after he was removed'

export async function tryRepeats(stage: Stage, secrets: Secrets): Promise<void> {
  const { ask, subject, leaks, newWorld } = stage
  const shared = await newWorld()
  const done: { operation: Operation; variables: object }[] = []
  const conversations = new Map<string, OwnWorld>()
  for (const { operation, ...recipe } of stage.recipes.values()) {
    if (!stage.isChosen(operation.root)) continue
    const own = recipe.wears ? await newWorld() : shared
    const variables = operation.variables(fillOf(recipe, own.ids, wordIn(own)))
    const first = await ask.shallow(subject, operation, variables)
    if (isDone(first, operation)) done.push({ operation, variables })
    const { ids } = harvest(first.data, emptyHarvest())
    for (const id of ids.add(own.conversation)) if (kindOf(id) === kindOf(own.conversation)) conversations.set(id, own)
  }
  for (const [conversationId, own] of conversations) await takeAway(subject, own, { conversationId, secrets })
  for (const { operation, variables } of done)
    for (const answer of await ask.persistent(subject, operation, variables, 2))
      leaks.search(answer, { place: operation.name, given: 'the same again, by one who was removed', asked: variables })
}

/** His friend, an owner from now on if he was none, removes him and goes on without him. */
async function takeAway(
  subject: Stage['subject'],
  { backEnd, friend, ids }: OwnWorld,
  { conversationId, secrets }: { conversationId: string; secrets: Secrets },
): Promise<void> {
  for (const kind of ['BAN', 'TIMEOUT'])
    await mutate(subject, 'liftRestriction', { conversationId, userId: friend.id, kind })
  await mutate(subject, 'setMemberRole', { conversationId, userId: friend.id, role: 'MANAGER' })
  await mutate(backEnd, 'changeMembers', { conversationId, add: [{ userId: friend.id, role: 'OWNER' }] })
  const removed = await mutate(backEnd, 'changeMembers', { conversationId, remove: [ids.user] })
  await mutate(friend, 'unarchiveConversation', { conversationId })
  if (isRefusal(removed.__typename)) return // a direct conversation keeps its two members
  await mutate(friend, 'revokeInvite', { inviteId: ids.invite }) // who holds a code may come back
  const word = (what: string) => secrets.word(AFTERWARDS, what)
  const details = { title: word('a title'), topic: word('a topic'), metadata: { note: word('metadata') } }
  await mutate(friend, 'updateConversation', { conversationId, ...details })
  const { id } = await friend.send(conversationId, word('a text'))
  secrets.hide(AFTERWARDS, [id])
}
