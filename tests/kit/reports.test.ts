/** What the kit tells the operator. */
import { expect } from 'vitest'
import { test, untilRead } from './stage.ts'

test('a message and a user are reported for a reason of the server, over a cut too; nothing else changes', async ({
  alice,
  bob,
  proxy,
  chat,
}) => {
  const id = await alice.begin([bob])
  const said = await alice.send(id, 'Buy this')
  const his = chat(bob)
  const open = his.open(id)
  await untilRead(open, ['Buy this'])
  const reasons = await his.reportReasons()
  expect(reasons).toContainEqual({
    ...{ reason: 'SPAM', title: 'Spam', needsComment: false },
    description: expect.any(String),
  })
  expect(reasons.find(({ needsComment }) => needsComment)?.reason).toBe('OTHER')
  await his.reportMessage(said.id, { reason: 'SPAM' })
  await his.reportMessage(said.id, { reason: 'SPAM', comment: ' again ' })
  proxy.tear()
  const reporting = his.reportUser(alice.id, { reason: 'OTHER', comment: 'sells things' })
  proxy.mend()
  await reporting
  await untilRead(open, ['Buy this'])
})

test('what is refused is told: one’s own, what is not there, a reason without its comment, a reason that is none', async ({
  alice,
  bob,
  mallory,
  chat,
}) => {
  const id = await alice.begin([bob])
  const said = await alice.send(id, 'Buy this')
  const [hers, his, theirs] = [chat(alice), chat(bob), chat(mallory)]
  await expect(hers.reportMessage(said.id, { reason: 'SPAM' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  await expect(theirs.reportMessage(said.id, { reason: 'SPAM' })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  const refusal = { code: 'INVALID_INPUT', message: expect.any(String) }
  await expect(his.reportMessage(said.id, { reason: 'OTHER', comment: ' ' })).rejects.toMatchObject(refusal)
  await expect(his.reportUser(alice.id, { reason: 'TASTE' })).rejects.toThrow(/TASTE/)
})

test('what endangers a child is a deleted message to all from then on', async ({ alice, bob, chat }) => {
  const id = await alice.begin([bob])
  const said = await alice.send(id, 'terrible')
  const [hers, his] = [chat(alice), chat(bob)]
  const [here, there] = [hers.open(id), his.open(id)]
  await untilRead(here, ['terrible'])
  await untilRead(there, ['terrible'])
  await his.reportMessage(said.id, { reason: 'CHILD_SAFETY' })
  await untilRead(there, [''])
  await untilRead(here, [''])
})
