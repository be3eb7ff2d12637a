/** The journey of a file where an S3 server keeps it: Swift's, which checks signatures. */
import sharp from 'sharp'
import { expect } from 'vitest'
import { type SwiftServer, startSwift } from '../scripts/services/swift.ts'
import { decodeId } from '../src/lib/ids.ts'
import { removeArchive } from '../src/workers/remove-export.ts'
import { exported } from './support/exporting.ts'
import { mutate } from './support/mutate.ts'
import { needs } from './support/needs.ts'
import { test as base, startTestApp } from './support/test-app.ts'
import { rowsOf } from './support/unzip.ts'
import { completeUpload, createUpload, filesOf, put, sendFile } from './support/upload.ts'

const swift = needs('swift')

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  .extend('server', { scope: 'file' }, async ({}, { onCleanup }): Promise<SwiftServer> => {
    const server = await startSwift()
    onCleanup(() => server[Symbol.asyncDispose]())
    return server
  })
  .extend('app', { scope: 'file' }, async ({ server }, { onCleanup }) => {
    const { app, opened } = await startTestApp(undefined, {
      S3_BUCKET: server.bucket,
      S3_ENDPOINT: server.endpoint,
      S3_REGION: server.region,
      S3_ACCESS_KEY_ID: server.accessKeyId,
      S3_SECRET_ACCESS_KEY: server.secretAccessKey,
    })
    onCleanup(() => opened.disposeAsync())
    return app
  })

test.skipIf(swift === null)(
  'a file goes to S3 and comes from it past this server, by signed URLs alone, and is gone with its message',
  { timeout: 180_000 },
  async ({ app, server, tenant, alice, bob }) => {
    const conversationId = await alice.begin([bob])
    const { attachment, ...request } = await createUpload(alice, { name: 'a.txt', content: 'hello' })
    expect(request.url).toContain(server.endpoint)
    expect((await put({ ...request, url: request.url.replace(/Signature=../, 'Signature=00') }, 'hello')).status).toBe(
      403,
    )
    expect((await put(request, 'hello, and more')).status).toBe(403)
    expect((await completeUpload(alice, attachment.id)).__typename).toBe('InvalidInput')
    expect((await put(request, 'hello')).status).toBe(200)
    await completeUpload(alice, attachment.id)

    const content = await sharp({ create: { width: 600, height: 300, channels: 3, background: 'teal' } })
      .png()
      .toBuffer()
    const picture = await sendFile(alice, { name: 'a.png', contentType: 'image/png', content })
    const attachmentIds = [attachment.id, picture.attachment.id]
    const message = await alice.send(conversationId, '', { attachmentIds })
    const [text, shown] = (await filesOf(bob, message.id)) ?? []
    const answer = await fetch(text!.url!)
    expect([await answer.text(), answer.headers.get('content-disposition')]).toEqual([
      'hello',
      `attachment; filename="a.txt"; filename*=UTF-8''a.txt`,
    ])
    expect((await fetch(shown!.thumbnailUrl!)).headers.get('content-type')).toBe('image/webp')
    expect((await fetch(text!.url!.replace('a.txt', 'b.txt'))).status).toBe(403)
    const [before, until] = [new Date(Date.now() - 120_000), new Date(Date.now() - 60_000)]
    const key = (await Array.fromAsync(app.parts.objects.list(`${tenant.uuid}/`)))[0]!
    const over = { contentType: 'text/plain', disposition: 'attachment', from: before, until }
    expect((await fetch(await app.parts.objects.downloadUrl(key, over))).status).toBe(403)

    const archive = await exported(alice)
    expect(archive.get(`files/${decodeId('file', attachment.id)}/a.txt`)?.toString()).toBe('hello')
    expect(rowsOf(archive, 'message')).toHaveLength(1)
    await app.db.export.updateMany({ data: { expiresAt: new Date(0) } })
    const { id } = await app.db.export.findFirstOrThrow()
    await removeArchive(app.parts, { tenantId: tenant.uuid, id })

    const refused = await sendFile(alice, { contentType: 'image/png', content: '<script>' })
    expect(refused.__typename).toBe('InvalidInput')
    await mutate(alice, 'deleteMessage', { messageId: message.id, for: 'EVERYBODY' })
    await app.drainWorkers()
    expect(await Array.fromAsync(app.parts.objects.list(`${tenant.uuid}/`))).toEqual([])
    expect((await fetch(text!.url!)).status).toBe(404)
  },
)
