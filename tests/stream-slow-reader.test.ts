import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { streamUrl } from './support/event-streams.ts'
import { openReader } from './support/reader.ts'
import { test } from './support/test-app.ts'

/** More than a reader's queue holds and the kernel's buffers take: 1,024 events and some megabytes. */
const EVENTS = 1_600
const TEXT = 'x'.repeat(16_000)
const LISTEN = `subscription ($conversationId: ID!) { conversationEvents(conversationId: $conversationId) {
  __typename cursor ... on MessageSent { seq message { text } }
} }`

async function subscribe(url: string, { token }: Actor, conversationId: string): Promise<IncomingMessage> {
  const headers = { accept: 'text/event-stream', authorization: `Bearer ${token}` }
  const request = get(streamUrl(url, { query: LISTEN, variables: { conversationId } }), { headers })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  return response // nothing is read of it until somebody asks
}

test('a stream that nobody reads is given no more than it takes, and all of it later', async ({
  app,
  tenant,
  alice,
  bob,
  carol,
}) => {
  const conversationId = await alice.begin([bob, carol])
  const slow = await subscribe(app.url, bob, conversationId)
  const quick = await openReader(await carol.socket(), LISTEN, { conversationId })
  const expected = Array.from({ length: EVENTS }, (_, i) => i + 4)
  await tenant.fill(conversationId, alice, EVENTS, () => TEXT)
  expect((await quick.take(EVENTS)).map((event) => 'seq' in event && event.seq)).toEqual(expected)
  const { values } = await app.parts.metrics.deliveries.get()
  expect(values[0]?.value).toBeLessThan(EVENTS + (EVENTS - 1_024))

  const seqs: number[] = []
  let rest = ''
  for await (const chunk of slow.setEncoding('utf8')) {
    const blocks = `${rest}${chunk}`.split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const seq = /"seq":(\d+)/.exec(block)?.[1]
      if (seq) seqs.push(Number(seq))
    }
    if (seqs.length >= EVENTS) break
  }
  expect(seqs).toEqual(expected)
})
