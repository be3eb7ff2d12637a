/** What is sent as a file and is not as it was said: refused by name, and nothing of it is left. */
import { crc32, deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { expect } from 'vitest'
import { decodeId } from '../src/lib/ids.ts'
import type { Actor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { test } from './support/test-app.ts'
import { completeUpload, createUpload, put, type Sendable, sendFile, upload } from './support/upload.ts'

const HTML = '<!doctype html><script>alert(1)</script>'
const png = () =>
  sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
    .png()
    .toBuffer()

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A sound PNG of a few kilobytes that says it is so large. */
function pixelBomb(side: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header.set([1, 0, 0, 0, 0], 8)
  const data = deflateSync(Buffer.alloc(1_000_000))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

/** Of one entry that says to have so many bytes when it is unpacked. */
function zip(unpackedBytes: number, name = 'zeros'): Buffer {
  const content = Buffer.from('not much')
  const local = Buffer.alloc(30 + name.length)
  local.writeUInt32LE(0x04034b50)
  local.writeUInt32LE(content.length, 18)
  local.writeUInt32LE(unpackedBytes, 22)
  local.writeUInt16LE(name.length, 26)
  local.write(name, 30)
  const entry = Buffer.alloc(46 + name.length)
  entry.writeUInt32LE(0x02014b50)
  entry.writeUInt32LE(content.length, 20)
  entry.writeUInt32LE(unpackedBytes, 24)
  entry.writeUInt16LE(name.length, 28)
  entry.write(name, 46)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(entry.length, 12)
  end.writeUInt32LE(local.length + content.length, 16)
  return Buffer.concat([local, content, entry, end])
}

const BAD: Record<string, () => Promise<Sendable> | Sendable> = {
  'HTML as a picture': () => ({ name: 'a.png', contentType: 'image/png', content: HTML }),
  'SVG as a PNG': () => ({ contentType: 'image/png', content: '<svg xmlns="http://www.w3.org/2000/svg"/>' }),
  'a program as a text': () => ({
    contentType: 'text/plain',
    content: Buffer.from('\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0'),
  }),
  'a picture as a film': async () => ({ contentType: 'video/mp4', content: await png() }),
  'a PNG as a JPEG': async () => ({ contentType: 'image/jpeg', content: await png() }),
  'a text as a PDF': () => ({ contentType: 'application/pdf', content: 'just words' }),
  'a picture that is cut': async () => ({ contentType: 'image/png', content: (await png()).subarray(0, 60) }),
  'a pixel bomb': () => ({ contentType: 'image/png', content: pixelBomb(50_000) }),
  'a zip bomb': () => ({ contentType: 'application/zip', content: zip(4_000_000_000) }),
  'a picture of a kind that cannot be cleaned': () => ({
    contentType: 'image/bmp',
    content: Buffer.from(`BM${'\0'.repeat(60)}`),
  }),
}

test.for(Object.entries(BAD))('%s is refused, and nothing of it is left', async ([, make], { app, alice, tenant }) => {
  const file = await make()
  const answer = await sendFile(alice, file)
  expect(answer).toMatchObject({
    __typename: 'InvalidInput',
    explanation: expect.stringContaining('input.attachmentId'),
  })
  await app.drainWorkers()
  expect(await Array.fromAsync(app.parts.objects.list(`${tenant.uuid}/`))).toEqual([])
})

test('an archive that is none of those is taken', async ({ alice }) => {
  const answer = await sendFile(alice, { name: 'a.zip', contentType: 'application/zip', content: zip(100) })
  expect(answer.attachment).toMatchObject({ contentType: 'application/zip' })
})

test('of a picture that is something else, too, only the picture is served', async ({ alice }) => {
  const content = Buffer.concat([await png(), Buffer.from(HTML), zip(10, 'evil.class')])
  const { attachment } = await sendFile(alice, { contentType: 'image/png', content })
  const served = Buffer.from(await (await fetch(attachment.url!)).arrayBuffer()).toString('latin1')
  expect(served).not.toMatch(/script|evil/)
})

test.for([
  ['text/html', HTML],
  ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['application/octet-stream', HTML],
  ['application/xhtml+xml', '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>'],
])('%s is only ever saved, never shown', async ([contentType, content], { alice }) => {
  const { attachment } = await sendFile(alice, { name: 'a.html', contentType: contentType!, content: content! })
  const { headers } = await fetch(attachment.url!)
  expect(headers.get('content-disposition')).toMatch(/^attachment/)
  expect(headers.get('content-type')).toBe('application/octet-stream')
})

test.for([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\photo.jpg', 'photo.jpg'],
  ['a\r\nSet-Cookie: x=1.txt', 'a Set-Cookie_ x=1.txt'],
  ['evil\u202egnp.exe', 'evilgnp.exe'],
  ['con.txt', '_con.txt'],
  ['..', 'file'],
  ['', 'file'],
  ['"quoted".txt', '_quoted_.txt'],
  [`${'long'.repeat(100)}.png`, `${'long'.repeat(100).slice(0, 251)}.png`],
])('a name %j is kept as %j', async ([name, kept], { alice }) => {
  expect((await createUpload(alice, { name: name!, content: 'x' })).attachment.name).toBe(kept)
})

test('a PUT that is too late, bigger or smaller than was said, of another type or to another URL is refused', async ({
  app,
  alice,
}) => {
  const { url, headers, attachment } = await createUpload(alice, { content: 'hello' })
  const refused = async (request: { url: string; headers: typeof headers }, content: string) =>
    expect((await put(request, content)).status).toBe(403)
  await refused({ url, headers }, 'hello, and more')
  await refused({ url, headers }, 'he')
  await refused({ url, headers: [{ name: 'content-type', value: 'text/html' }] }, 'hello')
  await refused({ url: `${url.slice(0, -8)}AAAAAAAA`, headers }, 'hello')
  const stale = { bytes: 5, contentType: 'text/plain', from: new Date(0), until: new Date(1_000) }
  await refused({ url: (await app.parts.objects.uploadRequest('a/b/upload', stale)).url, headers }, 'hello')
  expect(await completeUpload(alice, attachment.id)).toMatchObject({ __typename: 'InvalidInput' })
  expect((await put({ url, headers }, 'hello')).status).toBe(200)
  expect(await completeUpload(alice, attachment.id)).toMatchObject({ __typename: 'CompleteUploadPayload' })
})

test('a file of another user or tenant is like one that is not there', async ({ app, alice, bob, stranger }) => {
  const conversationId = await alice.begin([bob])
  const { attachment, ...request } = await createUpload(alice, { content: 'hello' })
  await put(request, 'hello')
  const nothing = 'file_01h455vb4pex5vsknk084sn02q'
  const ways = (actor: Actor, id: string) => mutate(actor, 'completeUpload', { attachmentId: id }, '__typename')
  const absent = await ways(bob, nothing)
  expect(absent.__typename).toBe('NotFound')
  for (const actor of [bob, stranger]) expect(await ways(actor, attachment.id)).toEqual(absent)
  const done = await upload(alice)
  const say = (actor: Actor, where: string, id: string) =>
    mutate(actor, 'sendMessage', {
      conversationId: where,
      clientMessageId: `of ${id}`,
      text: 'mine',
      attachmentIds: [id],
    })
  const refusal = await say(bob, conversationId, nothing)
  expect(refusal).toMatchObject({ __typename: 'InvalidInput' })
  expect(await say(bob, conversationId, done)).toEqual(refusal)
  expect(await say(stranger, await stranger.begin(), done)).toEqual(refusal)
  expect(await app.db.attachment.count({ where: { id: decodeId('file', done)!, messageId: null } })).toBe(1)
})

test('what is too large, too much for a day or too many is refused before anything is sent', async ({ newTenant }) => {
  const tenant = await newTenant({ fileBytes: 10, uploadBytesPerDay: 25, unsentFiles: 3 })
  const [alice, bob] = [await tenant.user('alice'), await tenant.user('bob')]
  const ask = (actor: Actor, bytes: number) =>
    mutate(actor, 'createUpload', { name: 'a', contentType: 'text/plain', bytes }, 'url')
  expect(await ask(alice, 11)).toMatchObject({ __typename: 'LimitExceeded' })
  for (const bytes of [0, -1]) expect(await ask(alice, bytes)).toMatchObject({ __typename: 'InvalidInput' })
  for (const bytes of [10, 10]) expect(await ask(alice, bytes)).toMatchObject({ __typename: 'CreateUploadPayload' })
  expect(await ask(alice, 10)).toMatchObject({ __typename: 'LimitExceeded' })
  for (const bytes of [1, 1, 1]) expect(await ask(bob, bytes)).toMatchObject({ __typename: 'CreateUploadPayload' })
  expect(await ask(bob, 1)).toMatchObject({ __typename: 'LimitExceeded' })
})

test.for(['', 'text', 'text/plain\r\nx: y', 'TEXT/PLAIN', 'text/plain; charset=utf-8', '../..'])(
  'a type %j is refused',
  async (contentType, { alice }) => {
    const input = { name: 'a', contentType, bytes: 1 }
    expect(await mutate(alice, 'createUpload', input)).toMatchObject({ __typename: 'InvalidInput' })
  },
)
