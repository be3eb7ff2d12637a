/** Messages to be sent later, as their author asks for them and hears of them. */
import type { Actor } from './actor.ts'
import { mutate } from './mutate.ts'

export const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString()
export const HOUR = 3_600_000
export const inAnHour = () => fromNow(HOUR)

const SHOWN =
  'scheduledMessageId scheduledMessage { id text dueAt state failure { code explanation } conversation { id } }'
export const schedule = (actor: Actor, conversationId: string, more: object = {}) =>
  mutate(actor, 'scheduleMessage', { conversationId, text: 'later', dueAt: fromNow(HOUR), ...more }, SHOWN)
export const reschedule = (actor: Actor, scheduledMessageId: unknown, dueAt: string) =>
  mutate(actor, 'rescheduleMessage', { scheduledMessageId, dueAt }, SHOWN)
export const cancel = (actor: Actor, scheduledMessageId: unknown) =>
  mutate(actor, 'cancelScheduledMessage', { scheduledMessageId }, 'scheduledMessageId')

const LIST = `query ($conversationId: ID, $first: Int, $after: String) {
  scheduledMessages(conversationId: $conversationId, first: $first, after: $after) {
    edges { cursor node { id text state failure { code } conversation { id } } } pageInfo { hasNextPage endCursor } } }`
interface Listed {
  scheduledMessages: {
    edges: { node: { id: string; text: string; state: string } }[]
    pageInfo: { hasNextPage: boolean; endCursor: string }
  }
}
export async function listed(actor: Actor, variables: object = {}) {
  const { scheduledMessages } = await actor.ask<Listed>(LIST, variables)
  return { nodes: scheduledMessages.edges.map(({ node }) => node), ...scheduledMessages.pageInfo }
}

const FEED = `subscription { feed { __typename
  ... on ScheduledMessageChanged { scheduledMessageId outcome messageId failure { code explanation } }
  ... on MessageSent { message { id text author { externalId } } } } }`

/** What the actor hears of the kind from now on. */
export async function hearing(actor: Actor) {
  const socket = await actor.socket()
  const frames = socket.subscribe('feed', FEED)
  async function next(type: string): Promise<Record<string, unknown>> {
    for (;;) {
      const { payload } = (await frames.next()) as { payload: { data: { feed: Record<string, unknown> } } }
      if (payload.data.feed.__typename === type) return payload.data.feed
    }
  }
  await next('Subscribed')
  return { next, outcome: () => next('ScheduledMessageChanged') }
}
