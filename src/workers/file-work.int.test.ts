/** Of the workers that go over files: what one of them cannot do keeps no other one waiting. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openNodes } from '../../tests/support/nodes.ts'
import { createAttachments } from '../files/attachments.ts'
import { contentKey, uploadKey } from '../files/keys.ts'
import { newUuid } from '../lib/ids.ts'
import { createOwnUrls } from '../lib/own-urls.ts'
import { createSeal } from '../lib/seal.ts'
import { createLog } from '../log.ts'
import { openFileObjects } from '../objects/files.ts'
import type { Scanner } from '../scanner/scanner.ts'
import { removeFiles } from './remove-files.ts'
import { scanFiles } from './scan-files.ts'
import type { Job } from './worker.ts'

const LONG_AGO = Date.parse('2020-01-01T00:00:00.000Z')

/** So many stored files that nobody has looked at, the oldest first. */
async function stage(count: number) {
  await using opened = new AsyncDisposableStack()
  const nodes = opened.use(await openNodes({ count: 1, users: ['alice'] }))
  const folder = await mkdtemp(join(tmpdir(), 'parley-work-'))
  opened.defer(() => rm(folder, { recursive: true, force: true }))
  const urls = createOwnUrls({ seal: createSeal('a secret of tests, long enough for all'), publicOrigin: null })
  const objects = opened.adopt(await openFileObjects({ folder, urls }), (own) => own.close())
  const { db, tenantId, users } = nodes
  const files = []
  for (let n = 0; n < count; n++) {
    const file = { tenantId, id: newUuid(), objectId: newUuid() }
    const at = new Date(LONG_AGO + n)
    const given = { ...file, ownerId: users[0]!.userId, name: `${n}`, contentType: 'text/plain', bytes: 1n }
    await db.attachment.create({ data: { ...given, state: 'STORED', createdAt: at, uploadExpiresAt: at } })
    await objects.put(contentKey(file), Buffer.from(`${n}`), { bytes: `${n}`.length, contentType: 'text/plain' })
    await objects.put(uploadKey(file), Buffer.from(`${n}`), { bytes: `${n}`.length, contentType: 'text/plain' })
    files.push(file)
  }
  let now = 0
  const logged: string[] = []
  const logger = createLog('warn', { write: (line) => void logged.push(line) })
  const work = { attachments: createAttachments({ db }), objects, logger, now: () => now }
  const all = opened.move()
  const countOf = (where: object) => db.attachment.count({ where })
  return {
    ...{ db, objects, files, logged, work, count: countOf },
    later(ms: number) {
      now += ms
    },
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  }
}

async function toTheEnd({ pass }: Job): Promise<void> {
  while ((await pass()) === 'more');
}

test('files that cannot be looked at, or are not there, keep no other one unseen, and are looked at again', async () => {
  await using staged = await stage(25)
  const { objects, files, logged, work, count, later } = staged
  await objects.remove(contentKey(files[0]!))
  let isBroken = true
  const scanner: Scanner = {
    unseen: 'PENDING',
    async scan(content) {
      const text = (await content.toArray()).join('')
      if (isBroken && Number(text) < 12) throw new Error('the scanner chokes on it')
      return Number(text) === 20 ? 'QUARANTINED' : 'CLEAN'
    },
  }
  const job = scanFiles({ ...work, scanner })
  await toTheEnd(job)
  expect([await count({ scan: 'CLEAN' }), await count({ scan: 'QUARANTINED' })]).toEqual([12, 1])
  expect(logged).toHaveLength(12)
  expect(logged[0]).toContain(files[0]!.id)
  isBroken = false
  await toTheEnd(job)
  expect(await count({ scan: 'PENDING' })).toBe(12) // not yet
  later(5_000)
  await toTheEnd(job)
  expect(await count({ scan: 'PENDING' })).toBe(1) // what is not there
})

test('uploads that cannot be swept keep no other one, and are swept when they can be', async () => {
  await using staged = await stage(210)
  const { objects, files, logged, work, count, later } = staged
  const stuck = new Set(files.slice(0, 105).map(uploadKey))
  const failing: typeof objects = {
    ...objects,
    remove: (key) => (stuck.has(key) ? Promise.reject(new Error('it is locked')) : objects.remove(key)),
  }
  const job = removeFiles({ ...work, objects: failing })
  await toTheEnd(job)
  expect([await count({ isUploadSwept: true }), logged.length]).toEqual([105, 105])
  stuck.clear()
  later(5_000)
  await toTheEnd(job)
  expect(await count({ isUploadSwept: false })).toBe(0)
  expect(await objects.size(uploadKey(files[0]!))).toBe(null)
})
