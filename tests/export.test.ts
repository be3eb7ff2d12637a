/** Whoever asks is given all that is kept of him, and nobody else is. */
import { expect } from 'vitest'
import { decodeId } from '../src/lib/ids.ts'
import { erase, finished } from './support/erasing.ts'
import { askExport, download, EXPORT, exported, exportsOf, readyExport, type ShownExport } from './support/exporting.ts'
import { mutate } from './support/mutate.ts'
import { test } from './support/test-app.ts'
import { rowsOf, unzip } from './support/unzip.ts'
import { upload } from './support/upload.ts'

test('a user is given what he said, with what it was before, his reactions and files, and no word of others', async ({
  alice,
  bob,
}) => {
  const conversationId = await alice.begin([bob])
  await alice.send(conversationId, 'a question of Alice')
  const id = await upload(bob, { name: 'notes.txt', content: 'what we said' })
  const said = await bob.send(conversationId, 'first', { attachmentIds: [id], metadata: { of: 'bob' } })
  await mutate(bob, 'editMessage', { messageId: said.id, text: 'second', metadata: { of: 'bob' } })
  await mutate(bob, 'addReaction', { messageId: said.id, emoji: '👍' })
  await mutate(alice, 'addReaction', { messageId: said.id, emoji: '🎉' })
  const archive = await exported(bob)
  expect(rowsOf(archive, 'message')).toMatchObject([
    { id: decodeId('msg', said.id), text: 'second', metadata: { of: 'bob' } },
  ])
  expect(rowsOf(archive, 'message_revision')).toMatchObject([{ revision: 0, text: 'first' }])
  expect(rowsOf(archive, 'reaction')).toMatchObject([{ emoji: '👍' }])
  expect(rowsOf(archive, 'user')).toMatchObject([{ external_id: 'bob' }])
  expect(rowsOf(archive, 'membership')).toHaveLength(1)
  expect(archive.get(`files/${decodeId('file', id)}/notes.txt`)?.toString()).toBe('what we said')
  expect(JSON.parse(archive.get('about.json')?.toString() ?? '')).toMatchObject({ format: 1, messages: 1 })
  const all = Buffer.concat([...archive.values()]).toString('utf8')
  expect(all).not.toContain('a question of Alice')
  expect(all).not.toContain('🎉')
})

test('of thousands of messages each is there once, and any piece of the archive can be had', async ({
  tenant,
  alice,
  bob,
}) => {
  for (const others of [[bob], []]) {
    const conversationId = await alice.begin(others)
    await tenant.fill(conversationId, alice, 2_600, (n) => `${others.length}-${n}`)
  }
  const archive = await exported(alice)
  const texts = rowsOf(archive, 'message').map(({ text }) => text)
  expect([texts.length, new Set(texts).size]).toEqual([5_200, 5_200])
  const [shown] = await exportsOf(alice)
  expect(shown).toMatchObject({ state: 'READY', percent: 100, messages: 5_200 })
  const whole = await download(shown!)
  for (const [first, last] of [
    [0, 9],
    [whole.length - 30, whole.length - 1],
    [40, whole.length - 40],
  ] as const) {
    const answer = await fetch(shown!.url!, { headers: { range: `bytes=${first}-${last}` } })
    expect(answer.status).toBe(206)
    expect(Buffer.from(await answer.arrayBuffer()).equals(whole.subarray(first, last + 1))).toBe(true)
  }
})

test('the customer’s back end may ask for a user, and nobody else for another', async ({
  tenant: { backEnd },
  newTenant,
  alice,
  bob,
}) => {
  const input = { userId: bob.id }
  const asked = await mutate(backEnd, 'exportUser', input, `export { ${EXPORT} }`)
  const { id } = asked.export as { id: string }
  const read = (by: typeof backEnd) =>
    by.ask<{ export: { url: string | null } | null }>(`{ export(id: "${id}") { url } }`)
  await expect.poll(async () => (await read(backEnd)).export?.url, { timeout: 30_000 }).not.toBeNull()
  expect(unzip(await download((await read(backEnd)).export!)).has('about.json')).toBe(true)
  const other = (await newTenant()).backEnd
  expect(await read(other)).toEqual({ export: null })
  expect(await mutate(other, 'exportUser', input)).toMatchObject({ __typename: 'NotFound' })
  expect(await mutate(backEnd, 'exportUser', { userId: 'usr_nobody' })).toMatchObject({ __typename: 'NotFound' })
  expect(await mutate(alice, 'exportUser', input)).toMatchObject({ __typename: 'Forbidden' })
  expect(await mutate(backEnd, 'exportMyData', {})).toMatchObject({ __typename: 'Forbidden' })
  expect((await alice.answer(`{ export(id: "${id}") { id } }`)).errors).toMatchObject([
    { extensions: { code: 'FORBIDDEN' } },
  ])
  expect(await exportsOf(alice)).toEqual([])
  expect(await exportsOf(bob)).toMatchObject([{ id }])
})

test('one is under way at a time, and no more a day than the limit says', async ({ app, newTenant }) => {
  const tenant = await newTenant({ exportsPerDay: 2 })
  const carol = await tenant.user('carol')
  const asked = await Promise.all([1, 2, 3, 4].map(() => askExport(carol)))
  expect(new Set(asked.map((each) => (each.export as { id: string }).id)).size).toBe(1)
  await readyExport(carol)
  await askExport(carol, { clientMutationId: 'the second' })
  await readyExport(carol)
  expect(await askExport(carol)).toMatchObject({ __typename: 'LimitExceeded' })
  expect(await askExport(carol, { clientMutationId: 'the second' })).toMatchObject({
    __typename: 'ExportMyDataPayload',
  })
  expect(await app.db.export.count({ where: { tenantId: tenant.uuid } })).toBe(2)
})

test('after its time it is gone: nothing is given by an old URL, and no object is left', async ({
  app,
  tenant,
  alice,
}) => {
  await exported(alice)
  const [shown] = await exportsOf(alice)
  const objects = () => Array.fromAsync(app.parts.objects.list(`${tenant.uuid}/exports/`))
  expect((await objects()).length).toBeGreaterThan(0)
  expect((await fetch(shown!.url!.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')))).status).toBe(403)
  await app.db.export.updateMany({ where: { tenantId: tenant.uuid }, data: { expiresAt: new Date(0) } })
  expect((await fetch(shown!.url!)).status).toBe(404)
  expect(await exportsOf(alice)).toMatchObject([{ state: 'EXPIRED', url: null }])
  await app.parts.jobs.send(
    { name: 'remove-export' },
    { tenantId: tenant.uuid, id: decodeId('export', shown!.id) ?? '' },
  )
  await expect.poll(objects, { timeout: 30_000 }).toEqual([])
  expect(await exportsOf(alice)).toMatchObject([{ state: 'EXPIRED', url: null }])
})

test('whoever is erased is given nothing any more, and what was being written for him is gone', async ({
  app,
  tenant,
  alice,
  bob,
}) => {
  await tenant.fill(await alice.begin([bob]), alice, 1_000)
  await askExport(alice)
  const [{ id }] = (await exportsOf(alice)) as [ShownExport]
  await expect
    .poll(async () => (await app.db.export.findFirstOrThrow({ where: { tenantId: tenant.uuid } })).state, {
      timeout: 30_000,
    })
    .not.toBe('WAITING')
  const { id: erasure } = await erase(tenant, alice)
  const read = `{ export(id: "${id}") { state url } }`
  expect(await tenant.backEnd.ask(read)).toEqual({ export: { state: 'EXPIRED', url: null } })
  expect(await mutate(tenant.backEnd, 'exportUser', { userId: alice.id })).toMatchObject({ __typename: 'Forbidden' })
  expect(await finished(tenant, erasure)).toMatchObject({ export: 1, message: 1_000 })
  expect(await Array.fromAsync(app.parts.objects.list(`${tenant.uuid}/exports/`))).toEqual([])
  expect(await tenant.backEnd.ask(read)).toEqual({ export: null })
})
