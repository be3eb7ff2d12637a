import { ApolloClient, gql, InMemoryCache } from '@apollo/client'
import { expect, test } from 'vitest'
import { parleyLink, parleyPolicies } from './apollo.ts'
import type { Answer, Payload, Sink } from './asking.ts'

const MESSAGES = gql`query ($id: ID!) {
  conversation(id: $id) {
    id
    messages(last: 2) { edges { cursor node { id seq } } pageInfo { hasNextPage startCursor endCursor } }
  }
}`
const FEED = gql`subscription ($after: String) {
  feed(after: $after) { cursor ... on MessageHidden { messageId } ... on MessageSent { conversation { id } message { id seq inThread alsoInConversation } } }
}`

/** A client that listens, over a connection whose answers and events are given by hand. */
function stage() {
  const asked: ((answer: Answer) => void)[] = []
  const heard: Sink['next'][] = []
  const connection = {
    execute: () => new Promise((resolve) => asked.push(resolve)),
    subscribe(_: Payload, { next }: Sink) {
      heard.push(next)
      return () => {}
    },
  }
  const possibleTypes = { LogEvent: ['MessageSent', 'MessageHidden'] }
  const cache = new InMemoryCache({ possibleTypes, typePolicies: parleyPolicies })
  const client = new ApolloClient({ cache, link: parleyLink(connection as never) })
  const shown: number[][] = []
  client.subscribe({ query: FEED }).subscribe({})
  client
    .watchQuery<{ conversation: { messages: { edges: { node: { seq: number } }[] } } }>({
      query: MESSAGES,
      variables: { id: 'c' },
    })
    .subscribe(({ data }) => shown.push(data?.conversation?.messages?.edges?.map((each) => each?.node?.seq ?? 0) ?? []))
  return {
    asked,
    shown,
    async tell(event: object) {
      heard[0]?.({ data: { feed: { cursor: 'here', ...event } } })
      await settled()
    },
    async answer(...seqs: number[]) {
      asked.shift()?.({ data: { conversation: conversation(seqs) } })
      await settled()
    },
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))
const subscribed = { __typename: 'Subscribed' }
const message = (seq: number) => ({
  __typename: 'Message',
  id: `${seq}`,
  seq,
  inThread: false,
  alsoInConversation: false,
})
const sent = (seq: number, more = {}) => ({
  __typename: 'MessageSent',
  conversation: { __typename: 'Conversation', id: 'c' },
  message: { ...message(seq), ...more },
})
const conversation = (seqs: number[]) => ({
  __typename: 'Conversation',
  id: 'c',
  messages: {
    __typename: 'ConversationMessagesConnection',
    edges: seqs.map((seq) => ({
      __typename: 'ConversationMessagesConnectionEdge',
      cursor: `at ${seq}`,
      node: message(seq),
    })),
    pageInfo: {
      __typename: 'PageInfo',
      hasNextPage: false,
      startCursor: `at ${seqs[0]}`,
      endCursor: `at ${seqs.at(-1)}`,
    },
  },
})

test('a page is asked for once it is heard what comes after it; what is heard before it is there is not lost', async () => {
  const { asked, shown, tell, answer } = stage()
  await settled()
  expect(asked).toHaveLength(0)
  await tell(subscribed)
  expect(asked).toHaveLength(1)
  await tell(sent(3))
  await answer(1, 2)
  await expect.poll(() => shown.at(-1)).toEqual([1, 2, 3])
  await tell(sent(4))
  await expect.poll(() => shown.at(-1)).toEqual([1, 2, 3, 4])
})

test('what is said in a thread alone stands in no list; what is said again stands once', async () => {
  const { shown, tell, answer } = stage()
  await settled()
  await tell(subscribed)
  await answer(1, 2)
  for (const event of [sent(3, { inThread: true }), sent(4, { inThread: true, alsoInConversation: true })])
    await tell(event)
  await tell(sent(2))
  await expect.poll(() => shown.at(-1)).toEqual([1, 2, 4])
})

test('what is hidden is gone', async () => {
  const { shown, tell, answer } = stage()
  await settled()
  await tell(subscribed)
  await answer(1, 2)
  await tell({ __typename: 'MessageHidden', messageId: '1' })
  await expect.poll(() => shown.at(-1)).toEqual([2])
})

test('where it is not known what was said before, what is shown is read again; coming back is no reason', async () => {
  const { asked, shown, tell, answer } = stage()
  await settled()
  await tell(subscribed)
  await answer(1, 2)
  await tell(subscribed)
  await tell(sent(3))
  expect(asked).toHaveLength(0)
  await tell({ __typename: 'ResyncRequired' })
  expect(asked).toHaveLength(1)
  await answer(8, 9)
  await tell(sent(10))
  await expect.poll(() => shown.at(-1)).toEqual([8, 9, 10])
})

test('an event of a type that nobody knew when the app was built is passed over', async () => {
  const { shown, tell, answer } = stage()
  await settled()
  await tell(subscribed)
  await answer(1, 2)
  await tell({ ...sent(3), __typename: 'MessageSung' })
  await tell(sent(4))
  await expect.poll(() => shown.at(-1)).toEqual([1, 2, 4])
})
