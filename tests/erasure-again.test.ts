/** An erasure that is asked for more than once. */
import { expect } from 'vitest'
import { eraseUserKind } from '../src/accounts/erasures.ts'
import { decodeId } from '../src/lib/ids.ts'
import type { UserName } from '../src/model.ts'
import { erase, finished } from './support/erasing.ts'
import { test } from './support/test-app.ts'

test('is done once, however often and by however many it is asked for', async ({ tenant, bob }) => {
  const asked = await Promise.all([erase(tenant, bob), erase(tenant, bob), erase(tenant, bob)])
  expect(new Set(asked.map(({ id }) => id)).size).toBe(1)
  const receipt = await finished(tenant, asked[0]!.id)
  const after = await erase(tenant, bob)
  expect(after).toMatchObject({ id: asked[0]!.id, finishedAt: expect.any(String) })
  expect(await finished(tenant, after.id)).toEqual(receipt)
})

test('of which the job is gone is gone on with', async ({ app, tenant, bob }) => {
  const jobsOfHis = async () =>
    (await app.queue.find(eraseUserKind, 1_000)).filter(({ data }) => (data as UserName).userId === userId)
  const userId = decodeId('usr', bob.id) as string
  const { id } = await erase(tenant, bob)
  await app.parts.jobs.dropAll({ userId }, async () => {})
  await erase(tenant, bob)
  expect(await jobsOfHis()).toEqual([]) // it was asked for just now: somebody is about to begin
  await app.db
    .$executeRaw`update erasure set requested_at = requested_at - interval '2 minutes' where user_id = ${userId}::uuid`
  expect(await erase(tenant, bob)).toMatchObject({ id, finishedAt: null })
  expect(await jobsOfHis()).toHaveLength(1)
  await finished(tenant, id)
  await erase(tenant, bob)
  await expect.poll(jobsOfHis, { timeout: 10_000 }).toMatchObject([{ state: 'completed' }])
})
