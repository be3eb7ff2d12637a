/** A message, whatever comes of it. */
import type { Actor, BackEnd } from './actor.ts'
import type { Result } from './mutate.ts'

let sent = 0

export async function say(
  who: Actor | BackEnd,
  conversationId: string,
  text: string,
  more: object = {},
): Promise<Result> {
  const input = { conversationId, text, clientMessageId: `said ${++sent}`, ...more }
  const query = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { __typename ... on SendMessagePayload { deduplicated message { id } }
    ... on ChatError { code retryable retryAfterMs } ... on RateLimited { limit max } } }`
  return (await who.ask<{ sendMessage: Result }>(query, { input })).sendMessage
}
