/** Answers to strangers. They do not wait in the outbox: whoever gives one wants to know what became of it. */
import type { Chat } from './api.ts'
import type { Connection } from './asking.ts'
import { AcceptContactDocument, DeclineContactDocument } from './generated/graphql.ts'
import { accepted } from './outbox/accepted.ts'
import { newId } from './outbox/entry.ts'
import { untilAnswered } from './until-answered.ts'

interface Options {
  connection: Pick<Connection, 'request'>
  random: () => number
  /** Reads the conversation again. */
  read(conversationId: string): Promise<void>
}

export function createContacts({ connection, random, read }: Options): Pick<Chat, 'acceptContact' | 'declineContact'> {
  const inputOf = (conversationId: string) => ({ input: { conversationId, clientMutationId: newId(random) } })
  return {
    async acceptContact(conversationId) {
      const input = inputOf(conversationId)
      const { acceptContact } = await untilAnswered(() => connection.request(AcceptContactDocument, input))
      accepted(acceptContact, 'AcceptContactPayload')
      await read(conversationId)
    },
    async declineContact(conversationId) {
      const input = inputOf(conversationId)
      const { declineContact } = await untilAnswered(() => connection.request(DeclineContactDocument, input))
      accepted(declineContact, 'DeclineContactPayload')
      await read(conversationId)
    },
  }
}
