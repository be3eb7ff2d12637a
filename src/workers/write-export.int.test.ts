import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { beginConversation, openNodes, say } from '../../tests/support/nodes.ts'
import { rowsOf, unzip } from '../../tests/support/unzip.ts'
import { openArchive } from '../accounts/export-archive.ts'
import { transaction } from '../db.ts'
import { noJobs } from '../jobs/queue.ts'
import { createOwnUrls } from '../lib/own-urls.ts'
import { createSeal } from '../lib/seal.ts'
import { openFileObjects } from '../objects/files.ts'
import type { Objects } from '../objects/objects.ts'
import { writeExport } from './write-export.ts'

const seal = createSeal('a secret of tests, long enough for all')

/** One who asked, and no worker beside those of the test. */
async function stage() {
  const nodes = await openNodes({ count: 1, users: ['writer', 'other'] })
  const folder = mkdtempSync(join(tmpdir(), 'parley-exports-'))
  onTestFinished(async () => {
    await nodes[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })
  const { db, users } = nodes
  const [parts, [user]] = [nodes.nodes[0]!, users as [(typeof users)[0]]]
  const conversationId = await beginConversation(parts, users)
  await Promise.all(Array.from({ length: 450 }, (_, n) => say(parts, user, conversationId, `${n}`)))
  const objects = await openFileObjects({ folder, urls: createOwnUrls({ seal, publicOrigin: 'http://localhost' }) })
  const { exports } = parts
  const { id } = await transaction(db, (tx) => exports.request(tx, user, { byUser: true, perDay: 9 }))
  const name = { tenantId: user.tenantId, id }
  const jobs = { ...noJobs, send: async () => id }
  const writing = { db, exports, objects, jobs, logger: { warn: () => {} } }
  const run = (more: object = {}) => writeExport({ ...writing, ...more }).handle(name, new AbortController().signal)
  const archive = async () => {
    const found = await openArchive({ exports, objects }, name)
    return found && unzip(await buffer(found.read({ first: 0, last: found.bytes - 1 })))
  }
  const stored = () => Array.fromAsync(objects.list(''))
  const state = async () => (await exports.byId(name))?.state
  return { db, exports, objects, user, name, run, archive, stored, state }
}

/** Each put is done, and then something happens. */
const afterPut = (objects: Objects, happens: () => Promise<unknown>): { objects: Objects } => ({
  objects: {
    ...objects,
    async put(...given) {
      await objects.put(...given)
      await happens()
    },
  },
})

describe('an export', () => {
  test('that breaks off between a part and its row goes on, and gives each message once', async () => {
    const { objects, run, archive, state } = await stage()
    const broken = afterPut(objects, () => Promise.reject(new Error('killed')))
    await expect(run(broken)).rejects.toThrow('killed')
    expect([await state(), await archive()]).toEqual(['RUNNING', null])
    await run()
    const texts = rowsOf((await archive())!, 'message').map(({ text }) => text)
    expect([texts.length, new Set(texts).size]).toEqual([450, 450])
  })

  test('that another run has taken over keeps nothing more of the first, and no object of it is left', async () => {
    const { objects, run, archive, stored } = await stage()
    let taken = false
    await run(
      afterPut(objects, async () => {
        if (taken) return
        taken = true
        await run()
      }),
    )
    expect(rowsOf((await archive())!, 'message')).toHaveLength(450)
    expect(await stored()).toHaveLength((await archive())!.size)
  })

  test('that is ended while a part is on its way leaves nothing', async () => {
    const { db, exports, objects, user, run, archive, stored, state } = await stage()
    await run(afterPut(objects, () => transaction(db, (tx) => exports.end(tx, user))))
    expect([await state(), await archive(), await stored()]).toEqual(['EXPIRED', null, []])
    await run()
    expect(await stored()).toEqual([])
  })

  test('that fails again and again is given up, and leaves nothing', async () => {
    const { objects, run, stored, state } = await stage()
    const broken = afterPut(objects, () => Promise.reject(new Error('no room')))
    for (let tried = 1; tried < 5; tried++) await expect(run(broken)).rejects.toThrow('no room')
    await run(broken)
    expect([await state(), await stored()]).toEqual(['FAILED', []])
  })
})
