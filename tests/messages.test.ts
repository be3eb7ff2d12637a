import { expect } from 'vitest'
import { test } from './support/test-app.ts'

test('what is sent is heard', async ({ alice, bob }) => {
  const conversation = await alice.begin([bob])
  const reader = await bob.listen(conversation)
  const message = await alice.send(conversation, 'hi')
  expect(message).toMatchObject({ text: 'hi', seq: 3 })
  expect(await reader.take(1)).toMatchObject([{ __typename: 'MessageSent', seq: 3, message: { text: 'hi' } }])
})
