/** What every adapter of the object store must do: one suite for all. */

import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newUuid } from '../lib/ids.ts'
import type { Objects } from './objects.ts'

const TEXT = { contentType: 'text/plain' }
const DOWNLOAD = { ...TEXT, disposition: 'attachment; filename="a.txt"' }
const soon = () => ({ from: new Date(), until: new Date(Date.now() + 60_000) })
/** S3 counts whole seconds, and refuses what is over by them. */
const over = () => ({ from: new Date(Date.now() - 60_000), until: new Date(Date.now() - 30_000) })

export function objectsContract(name: string, open: () => Promise<{ objects: Objects; dispose: () => Promise<void> }>) {
  describe(`objects contract: ${name}`, () => {
    let objects: Objects
    let dispose: () => Promise<void>
    beforeAll(async () => {
      ;({ objects, dispose } = await open())
    }, 120_000)
    afterAll(() => dispose?.())

    const newKey = () => `contract/${newUuid()}/content`
    const read = async (key: string, range?: { first: number; last: number }) => {
      const content = await objects.read(key, range)
      return content && (await buffer(content)).toString()
    }
    const put = async (text: string, key = newKey()) => {
      await objects.put(key, Buffer.from(text), { bytes: text.length, ...TEXT })
      return key
    }
    const send = (url: string, headers: Readonly<Record<string, string>>, body: string) =>
      fetch(url, { method: 'PUT', headers, body })
    const upload = async (bytes: number, times = soon()) => {
      const key = newKey()
      return { key, ...(await objects.uploadRequest(key, { bytes, ...TEXT, ...times })) }
    }

    test('answers what was put: all of it, a part, its size; the newest', async () => {
      const key = await put('one two')
      expect([await read(key), await read(key, { first: 4, last: 6 }), await objects.size(key)]).toEqual([
        'one two',
        'two',
        7,
      ])
      await put('three', key)
      expect([await read(key), await objects.size(key)]).toEqual(['three', 5])
    })

    test('takes streams, and of one that breaks off nothing is there', async () => {
      const key = newKey()
      await objects.put(key, Readable.from([Buffer.from('a'), Buffer.from('b')]), { bytes: 2, ...TEXT })
      expect(await read(key)).toBe('ab')
      const broken = newKey()
      const breaks = Readable.from(
        (async function* () {
          yield Buffer.from('half')
          throw new Error('broken off')
        })(),
      )
      await expect(objects.put(broken, breaks, { bytes: 8, ...TEXT })).rejects.toThrow()
      expect(await objects.size(broken)).toBeNull()
    })

    test('of what is not there it answers null, and removing it does no harm', async () => {
      const key = newKey()
      expect([await read(key), await objects.size(key), await objects.copy(key, newKey())]).toEqual([null, null, false])
      await objects.remove(key)
      const there = await put('there')
      await objects.remove(there)
      await objects.remove(there)
      expect(await objects.size(there)).toBeNull()
    })

    test('a copy stays as it is, whatever becomes of the other; asked twice it is one', async () => {
      const [from, to] = [await put('first'), newKey()]
      expect(await objects.copy(from, to)).toBe(true)
      expect(await objects.copy(from, to)).toBe(true)
      await put('second', from)
      await objects.remove(from)
      expect(await read(to)).toBe('first')
    })

    test('lists what begins so, and nothing else', async () => {
      const folder = `contract/${newUuid()}/`
      const keys = [`${folder}a/content`, `${folder}upload`]
      for (const key of [...keys, newKey()]) await put('x', key)
      expect((await Array.fromAsync(objects.list(folder))).sort()).toEqual(keys)
      expect(await Array.fromAsync(objects.list(`contract/${newUuid()}/`))).toEqual([])
    })

    test('a signed upload stores exactly what was said, and is equal when it is made again', async () => {
      const times = soon()
      const { key, url, headers } = await upload(5, times)
      expect(await objects.uploadRequest(key, { bytes: 5, ...TEXT, ...times })).toEqual({ url, headers })
      expect((await send(url, headers, 'hello')).status).toBe(200)
      expect(await read(key)).toBe('hello')
    })

    test.each([
      ['bigger', 5, 'hello, hello', {}],
      ['smaller', 5, 'hell', {}],
      ['of another type', 5, 'hello', { 'content-type': 'text/html' }],
    ])('a signed upload that is %s than was said is refused, and nothing is there', async (_, bytes, body, other) => {
      const { key, url, headers } = await upload(bytes)
      expect((await send(url, { ...headers, ...other }, body)).status).toBe(403)
      expect(await objects.size(key)).toBeNull()
    })

    test('a signed upload that is over is refused', async () => {
      const { key, url, headers } = await upload(5, over())
      expect((await send(url, headers, 'hello')).status).toBe(403)
      expect(await objects.size(key)).toBeNull()
    })

    test('a URL with another sign in it is refused, and one way does not serve the other', async () => {
      const { url, headers } = await upload(5)
      expect((await send(tampered(url), headers, 'hello')).status).toBe(403)
      expect((await fetch(url)).status).toBe(403)
      const download = await objects.downloadUrl(await put('secret'), { ...DOWNLOAD, ...soon() })
      expect((await fetch(tampered(download))).status).toBe(403)
      expect((await send(download, headers, 'hello')).status).toBe(403)
    })

    test('a download answers the content as it was said to be shown, until it is over', async () => {
      const key = await put('to be saved')
      const times = soon()
      const url = await objects.downloadUrl(key, { ...DOWNLOAD, ...times })
      expect(await objects.downloadUrl(key, { ...DOWNLOAD, ...times })).toBe(url)
      const answer = await fetch(url)
      expect([answer.status, await answer.text()]).toEqual([200, 'to be saved'])
      expect(answer.headers.get('content-disposition')).toBe(DOWNLOAD.disposition)
      expect(answer.headers.get('content-type')).toContain('text/plain')
      const part = await fetch(url, { headers: { range: 'bytes=3-4' } })
      expect([part.status, await part.text()]).toEqual([206, 'be'])
      expect((await fetch(await objects.downloadUrl(key, { ...DOWNLOAD, ...over() }))).status).toBe(403)
      await objects.remove(key)
      expect((await fetch(url)).status).toBe(404)
    })
  })
}

/** With another letter in the middle of the signature, which stands last; or of the one text that it is. */
function tampered(url: string): string {
  const at = url.includes('X-Amz-Signature=') ? url.indexOf('X-Amz-Signature=') + 30 : url.length - 10
  return `${url.slice(0, at)}${url[at] === 'a' ? 'b' : 'a'}${url.slice(at + 1)}`
}
