/** Short questions that several journeys ask. */
import type { Actor } from './actor.ts'
import { mutate } from './mutate.ts'

/** Anything of one message, as this actor sees it; null when he does not. */
export async function messageOf(actor: Actor, id: string, fields: string): Promise<Record<string, unknown> | null> {
  const query = `query ($id: ID!) { node(id: $id) { ... on Message { ${fields} } } }`
  return (await actor.ask<{ node: Record<string, unknown> | null }>(query, { id })).node
}

export async function conversationOf(actor: Actor, id: string, fields: string): Promise<Record<string, unknown>> {
  const query = `query ($id: ID!) { conversation(id: $id) { ${fields} } }`
  return (await actor.ask<{ conversation: Record<string, unknown> }>(query, { id })).conversation
}

export const unreadIn = async (actor: Actor, id: string) =>
  (await conversationOf(actor, id, 'viewerUnread { messages mentions }')).viewerUnread as {
    messages: number
    mentions: number
  }

export const totalsOf = async (actor: Actor) =>
  (
    await actor.ask<{ viewer: { unread: Record<'conversations' | 'messages' | 'mentions' | 'replies', number> } }>(
      '{ viewer { unread { conversations messages mentions replies } } }',
    )
  ).viewer.unread

/** Says it, whatever comes. */
export const say = (actor: Actor, conversationId: string, text: string, more: object = {}) =>
  mutate(
    actor,
    'sendMessage',
    { conversationId, text, clientMessageId: `${text} ${JSON.stringify(more)}`.slice(0, 128), ...more },
    'message { id seq }',
  )

/** The frames of a subscription to all that happens, with these fields of each event. */
export async function hear(actor: Actor, fields: string, variables: { conversationId?: string } = {}) {
  const { conversationId } = variables
  const field = conversationId ? 'conversationEvents(conversationId: $conversationId)' : 'feed'
  const declared = conversationId ? '($conversationId: ID!)' : ''
  const socket = await actor.socket()
  const frames = socket.subscribe(
    `hear ${fields}`,
    `subscription ${declared} { ${field} { __typename ${fields} } }`,
    variables,
  )
  await frames.next()
  const passed: string[] = []
  const next = async (type: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const { payload } = await frames.next()
      const { data, errors } = payload as { data: Record<string, Record<string, unknown>> | null; errors?: unknown }
      if (errors || !data) throw new Error(`refused: ${JSON.stringify(payload)}`)
      const [event] = Object.values(data)
      if (event?.__typename === type) return event
      passed.push(String(event?.__typename))
    }
  }
  /** `passed`: the types of what came before what was asked for. */
  return Object.assign(next, { passed })
}
