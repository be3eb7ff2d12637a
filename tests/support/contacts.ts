/** Requests of strangers, in the words of the journeys. */
import type { Actor, BackEnd } from './actor.ts'
import { mutate, type Result } from './mutate.ts'

let said = 0
export const say = (actor: Actor | BackEnd, conversationId: string, more: object = {}): Promise<Result> =>
  mutate(
    actor,
    'sendMessage',
    { conversationId, text: 'hi', clientMessageId: `said ${++said}`, ...more },
    'deduplicated message { id }',
  )
export const idOf = ({ message }: Result) => (message as { id: string }).id
export const accept = (actor: Actor, conversationId: string, more: object = {}) =>
  mutate(actor, 'acceptContact', { conversationId, ...more }, 'conversation { contact { state } }')
export const decline = (actor: Actor, conversationId: string, more: object = {}) =>
  mutate(actor, 'declineContact', { conversationId, ...more }, 'conversation { contact { state } }')
export const typeOf = async (answer: Promise<Result>) => (await answer).__typename

interface Listed {
  edges: { node: { id: string; contact: { state: string; requestedBy: { externalId: string } } | null } }[]
}
const CONTACT = 'id contact { state requestedBy { externalId } }'

export async function listsOf(actor: Actor) {
  const lists = await actor.ask<Record<string, Listed> & { viewer: { unread: object } }>(`{
    requests: contactRequests { edges { node { ${CONTACT} } } }
    declined: contactRequests(declined: true) { edges { node { ${CONTACT} } } }
    conversations { edges { node { ${CONTACT} } } }
    viewer { unread { conversations messages mentions } }
  }`)
  const ids = (name: string) => lists[name]?.edges.map(({ node }) => node.id)
  return {
    requests: ids('requests'),
    declined: ids('declined'),
    conversations: ids('conversations'),
    unread: lists.viewer.unread,
  }
}
export const contactFor = async (actor: Actor, id: string) =>
  (
    await actor.ask<{ conversation: object }>(
      `{ conversation(id: "${id}") { contact { state requestedBy { externalId } } capabilities } }`,
    )
  ).conversation

export const NOTHING = { conversations: 0, messages: 0, mentions: 0 }
