/** Relay with Parley: the pages of a conversation and what is said live are one connection of its store. */
import * as relay from 'relay-runtime'
import type { Connection } from '../client/index.ts' // '@parley/client'
import { type ParleyRelay, parleyRelay } from '../client/relay.ts' // '@parley/client/relay'

export interface App {
  environment: relay.Environment
  hear: ParleyRelay['hear']
}
/** Of relay-documents.ts, as relay-compiler makes them. */
export interface Documents {
  messages: relay.ConcreteRequest
  listen: relay.ConcreteRequest
}
interface Messages {
  node?: { messages?: { edges: { node: { text: string } }[]; pageInfo: { startCursor: string } } }
}

export function openRelay(connection: Connection): App {
  const { network, handlerProvider, hear } = parleyRelay(connection)
  const store = new relay.Store(new relay.RecordSource())
  return { environment: new relay.Environment({ network, handlerProvider, store }), hear }
}

/** Listens first, and then asks. `show` is given all texts at each change, oldest first. */
export function showConversation(app: App, documents: Documents, id: string, show: (texts: string[]) => void) {
  const { environment } = app
  const first = relay.createOperationDescriptor(documents.messages, { id, last: 20, before: null })
  const kept = environment.retain(first)
  const held = () => environment.lookup(first.fragment)
  const textsOf = ({ data }: relay.Snapshot) =>
    ((data as Messages).node?.messages?.edges ?? []).map(({ node }) => node.text)

  const listening = relay.requestSubscription(environment, {
    subscription: documents.listen,
    variables: { conversationId: id },
    updater: app.hear('Conversation_messages', id),
    onError: console.error,
  })
  const showing = environment.subscribe(held(), (now) => show(textsOf(now)))
  const ask = (before: string | null = null) =>
    relay.fetchQuery(environment, documents.messages, { id, last: 20, before }).toPromise()
  const store = environment.getStore()
  const state = store.lookupInvalidationState([id])
  const renewing = store.subscribeToInvalidationState(state, () => ask().catch(console.error))
  ask().catch(console.error)

  return {
    older: async () => void (await ask((held().data as Messages).node?.messages?.pageInfo.startCursor)),
    close() {
      for (const each of [listening, showing, renewing, kept]) each.dispose()
    },
  }
}
