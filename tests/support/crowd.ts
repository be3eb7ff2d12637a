/** Twenty and more of everything that lists show, so that what is read row by row shows. */
import type { Actor } from './actor.ts'
import { mutate } from './mutate.ts'
import type { TestTenant } from './test-app.ts'

const MANY = 22

export interface Crowd {
  /** One object of each kind that lists hang on, where they are long. */
  ids: Record<string, string>
  /** Many of each kind, and of events, for fields that take ids. */
  many: Record<string, string[]>
}

/** Each row has another user on it wherever the API lets it. */
export async function gatherCrowd(tenant: TestTenant, owner: Actor): Promise<Crowd> {
  const { backEnd, user } = tenant
  const users = Array.from({ length: MANY }, (_, i) => ({ externalId: `user-${i}`, name: `User ${i}` }))
  const { users: stored } = await mutate(backEnd, 'upsertUsers', { users }, 'users { id }')
  const userIds = (stored as { id: string }[]).map(({ id }) => id)
  const input = { kind: 'CHANNEL', visibility: 'PUBLIC', memberIds: [] }
  const conversationIds: string[] = []
  for (let i = 0; i < MANY; i++) conversationIds.push(await create(owner, { ...input, title: `Channel ${i}` }))
  const conversationId = await create(owner, { ...input, title: 'The crowd', memberIds: userIds })

  const reader = await owner.listen(conversationId)
  const messageIds: string[] = []
  for (const asUserId of userIds) {
    const said = { conversationId, asUserId, text: 'hi', clientMessageId: asUserId, replyToId: messageIds.at(-1) }
    const { message } = await mutate(backEnd, 'sendMessage', said, 'message { id }')
    messageIds.push((message as { id: string }).id)
  }
  const long = await longMessage(tenant, owner, { conversationId, userIds })
  const eventIds = (await reader.take(MANY)).map((event) => ('id' in event ? event.id : ''))
  reader.socket.close()
  for (let i = 0; i < MANY; i++) await mutate(owner, 'createInvite', { conversationId })
  for (let i = 0; i < MANY; i++) {
    const asker = await user(`asker-${i}`)
    const asked = { conversationId: await asker.openDirect(owner), text: 'hi', clientMessageId: 'asked' }
    await mutate(asker, 'sendMessage', asked)
  }
  for (let i = 0; i < MANY; i++) {
    const dueAt = new Date(Date.now() + 3_600_000).toISOString()
    await mutate(owner, 'scheduleMessage', { conversationId: conversationIds[i], text: `later ${i}`, dueAt })
  }
  for (const userId of userIds) for (const avoid of ['blockUser', 'muteUser']) await mutate(owner, avoid, { userId })
  for (const userId of userIds)
    await mutate(owner, 'timeoutMember', { conversationId, userId, until: '2099-01-01T00:00:00.000Z' })
  return {
    ids: { Conversation: conversationId, Message: long, User: owner.id },
    many: { Conversation: conversationIds, Message: messageIds, User: userIds, Event: eventIds },
  }
}

/** One with many edits, reactions, and replies in its thread. */
async function longMessage(
  { backEnd, user }: TestTenant,
  owner: Actor,
  { conversationId, userIds }: { conversationId: string; userIds: readonly string[] },
): Promise<string> {
  const { id } = await owner.send(conversationId, 'to be edited')
  for (const [i, asUserId] of userIds.entries()) {
    await mutate(owner, 'editMessage', { messageId: id, text: `edited ${i}` })
    const reply = { conversationId, asUserId, text: 'reply', threadId: id, clientMessageId: `reply ${i}` }
    await mutate(backEnd, 'sendMessage', reply)
    await mutate(await user(`user-${i}`), 'addReaction', { messageId: id, emoji: '👍' })
  }
  return id
}

async function create(owner: Actor, input: object): Promise<string> {
  const { conversation } = await mutate(owner, 'createConversation', input, 'conversation { id }')
  return (conversation as { id: string }).id
}
