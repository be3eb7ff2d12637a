/** Files: sent past the API, looked at, shown with their message to those who see it, and gone with it. */
import sharp from 'sharp'
import { expect } from 'vitest'
import { decodeId } from '../src/lib/ids.ts'
import { mutate } from './support/mutate.ts'
import { test } from './support/test-app.ts'
import { completeUpload, createUpload, filesOf, put, sendFile, upload } from './support/upload.ts'

/** Taken somewhere: with EXIF and a position. */
const photo = () =>
  sharp({ create: { width: 900, height: 600, channels: 3, background: 'teal' } })
    .jpeg()
    .withExif({ IFD0: { Copyright: 'PLANTED' }, IFD3: { GPSLatitude: '52/1 31/1 0/1', GPSLatitudeRef: 'N' } })
    .toBuffer()

test('a file is sent, shown to all members and to nobody else, and gone with its message', async ({
  app,
  tenant,
  alice,
  bob,
  mallory,
  stranger,
}) => {
  const conversationId = await alice.begin([bob])
  const id = await upload(alice, { name: 'notes.txt', content: 'what we said' })
  const message = await alice.send(conversationId, '', { attachmentIds: [id] })
  const [file] = (await filesOf(bob, message.id)) ?? []
  expect(file).toMatchObject({
    id,
    name: 'notes.txt',
    contentType: 'text/plain',
    bytes: 12,
    scan: 'CLEAN',
    thumbnailUrl: null,
  })
  const answer = await fetch(file!.url!)
  expect(await answer.text()).toBe('what we said')
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="notes.txt"; filename*=UTF-8''notes.txt`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  expect([await filesOf(mallory, message.id), await filesOf(stranger, message.id)]).toEqual([null, null])

  await mutate(alice, 'deleteMessage', { messageId: message.id, for: 'EVERYBODY' })
  expect(await filesOf(bob, message.id)).toEqual([])
  await app.drainWorkers()
  expect((await fetch(file!.url!)).status).toBe(404)
  const row = { tenantId: tenant.uuid, id: decodeId('file', id)! }
  expect(await app.db.attachment.findFirst({ where: row })).toMatchObject({ state: 'REMOVED', name: '' })
  expect(await Array.fromAsync(app.parts.objects.list(`${row.tenantId}/${row.id}/`))).toEqual([])
})

test('a picture has its size and a small one of it, and tells nothing of where it was taken', async ({ alice }) => {
  const content = await photo()
  expect((await sharp(content).metadata()).exif?.toString('latin1')).toContain('PLANTED')
  const { attachment } = await sendFile(alice, { name: 'IMG_1.jpg', contentType: 'image/jpeg', content })
  expect(attachment).toMatchObject({ contentType: 'image/jpeg', width: 900, height: 600 })
  const answer = await fetch(attachment.url!)
  expect(answer.headers.get('content-disposition')).toMatch(/^inline/)
  const served = Buffer.from(await answer.arrayBuffer())
  expect(await sharp(served).metadata()).not.toHaveProperty('exif')
  expect(served.toString('latin1')).not.toContain('PLANTED')
  const thumbnail = await sharp(Buffer.from(await (await fetch(attachment.thumbnailUrl!)).arrayBuffer())).metadata()
  expect(thumbnail).toMatchObject({ format: 'webp', width: 512, height: 341 })
})

test('who sees only what came after his joining is shown no file from before, and nobody one that he has deleted for himself', async ({
  alice,
  bob,
  carol,
}) => {
  const input = { kind: 'GROUP', title: 'From join', memberIds: [bob.id], history: 'FROM_JOIN' }
  const { conversation } = await mutate(alice, 'createConversation', input, 'conversation { id }')
  const { id: conversationId } = conversation as { id: string }
  const before = await alice.send(conversationId, 'before', { attachmentIds: [await upload(alice)] })
  await alice.add(conversationId, carol)
  const after = await alice.send(conversationId, 'after', {
    attachmentIds: [await upload(alice)],
    replyToId: before.id,
  })
  expect(await filesOf(carol, before.id)).toBeNull()
  expect(await filesOf(carol, after.id)).toHaveLength(1)
  expect(await filesOf(bob, before.id)).toHaveLength(1)
  await mutate(bob, 'deleteMessage', { messageId: before.id, for: 'ME' })
  expect((await filesOf(bob, before.id)) ?? []).toEqual([])
})

test('an event shows the files of its message, from one execution for all', async ({ alice, bob, carol }) => {
  const conversationId = await alice.begin([bob, carol])
  const document = `subscription ($id: ID!) { conversationEvents(conversationId: $id) { __typename ... on MessageSent { message { attachments { name url } } } } }`
  const heard = await Promise.all(
    [bob, carol].map(async (actor) => (await actor.socket()).subscribe('files', document, { id: conversationId })),
  )
  for (const frames of heard) await frames.next()
  await alice.send(conversationId, '', { attachmentIds: [await upload(alice)] })
  for (const frames of heard) {
    const { payload } = (await frames.next()) as {
      payload: { data: { conversationEvents: { message: { attachments: object[] } } } }
    }
    expect(payload.data.conversationEvents.message.attachments).toEqual([
      { name: 'a.txt', url: expect.stringMatching(/\/files\//) },
    ])
  }
})

test('what nobody has sent in a message within a day is removed, and is no longer to be sent', async ({
  app,
  alice,
  tenant,
}) => {
  const conversationId = await alice.begin()
  const id = await upload(alice)
  const own = { tenantId: tenant.uuid, id: decodeId('file', id)! }
  await app.db.attachment.updateMany({ where: own, data: { removeAt: new Date() } })
  await app.drainWorkers()
  expect(await Array.fromAsync(app.parts.objects.list(`${own.tenantId}/${own.id}/`))).toEqual([])
  const input = { conversationId, clientMessageId: 'late', text: '', attachmentIds: [id] }
  expect(await mutate(alice, 'sendMessage', input)).toMatchObject({ __typename: 'InvalidInput' })
  expect((await completeUpload(alice, id)).__typename).toBe('NotFound')
  await app.db.attachment.updateMany({ where: own, data: { removeAt: new Date() } })
  await app.drainWorkers()
  expect(await app.db.attachment.count({ where: own })).toBe(0)
})

test('an upload that was sent again after it was looked at changes nothing of it', async ({ app, alice, tenant }) => {
  const request = await createUpload(alice, { content: 'first' })
  await put(request, 'first')
  const { attachment } = await completeUpload(alice, request.attachment.id)
  expect((await put(request, 'other')).status).toBe(200)
  expect(await (await fetch(attachment.url!)).text()).toBe('first')
  expect((await completeUpload(alice, request.attachment.id)).attachment.url).toBe(attachment.url)
  const own = { tenantId: tenant.uuid, id: decodeId('file', attachment.id)! }
  await put(request, 'other')
  await app.db.attachment.updateMany({ where: own, data: { uploadExpiresAt: new Date(0) } })
  await app.drainWorkers()
  const keys = await Array.fromAsync(app.parts.objects.list(`${own.tenantId}/${own.id}/`))
  expect(keys).toEqual([expect.stringMatching(/\/content$/)])
})

test('what is sent by the URL of an upload that was removed goes when that URL is over', async ({
  app,
  alice,
  tenant,
}) => {
  const request = await createUpload(alice, { content: 'first' })
  const own = { tenantId: tenant.uuid, id: decodeId('file', request.attachment.id)! }
  const keys = () => Array.fromAsync(app.parts.objects.list(`${own.tenantId}/${own.id}/`))
  await app.db.attachment.updateMany({ where: own, data: { removeAt: new Date() } })
  await app.drainWorkers()
  expect((await put(request, 'again')).status).toBe(200)
  expect(await keys()).toHaveLength(1)
  await app.db.attachment.updateMany({ where: own, data: { uploadExpiresAt: new Date(0) } })
  await app.drainWorkers()
  expect(await keys()).toEqual([])
})
