/** Every mutation of the printed schema, asked twice under one client id: found by walking the schema, so that a new one is covered or fails. */
import { expect } from 'vitest'
import { mutate } from './support/mutate.ts'
import { mutationNames, payloadOf, takesId } from './support/mutation-shapes.ts'
import { ENDS_ITS_ASKER, everyMutation, strayMutations, WITHOUT_ID } from './support/mutations.ts'
import { test } from './support/test-app.ts'

test('takes a clientMutationId, or says why it needs none', () => {
  expect(
    mutationNames()
      .filter((name) => !takesId(name))
      .sort(),
  ).toEqual(Object.keys(WITHOUT_ID).sort())
})

test('every mutation has an input to be tried with', () => {
  expect(strayMutations()).toEqual([])
})

test('answers a repeat as the first time, and changes nothing by it', async ({ app, tenant, alice, bob, carol }) => {
  const events = () => app.db.logEvent.count()
  for (const { name, ask } of await everyMutation({ alice, bob, carol, backEnd: tenant.backEnd })) {
    const first = await ask()
    expect(first, name).toMatchObject({ __typename: payloadOf(name) })
    const stored = await events()
    if (ENDS_ITS_ASKER.includes(name)) await expect(ask(), name).rejects.toThrow('UNAUTHENTICATED')
    else if (takesId(name)) expect(await ask(), name).toEqual(first)
    else expect(await ask(), name).toMatchObject({ __typename: payloadOf(name) })
    expect(await events(), name).toBe(stored)
  }
  const other = { kind: 'GROUP', title: 'Other', memberIds: [], clientMutationId: 'createConversation' }
  expect(await mutate(alice, 'createConversation', other)).toMatchObject({ __typename: 'IdempotencyConflict' })
})

test('twice at the same moment is done once', async ({ alice }) => {
  const input = { kind: 'GROUP', title: 'Twins', memberIds: [], clientMutationId: 'twins' }
  const answers = await Promise.all(
    [1, 2, 3, 4].map(() => mutate(alice, 'createConversation', input, 'conversation { id }')),
  )
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
  const { conversations } = await alice.ask<{ conversations: { edges: object[] } }>(
    '{ conversations { edges { node { id } } } }',
  )
  expect(conversations.edges).toHaveLength(1)
})
