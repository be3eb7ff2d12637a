import { expect, test } from 'vitest'
import type { Db } from '../../src/db.ts'
import { newUuid } from '../../src/lib/ids.ts'
import { forgetCommits } from './adversary.ts'
import { openNodes } from './nodes.ts'

const [ONE, OTHER] = [newUuid(), newUuid()]

test('a transaction is forgotten whole, though its events stand at two positions, and so is what followed on it', async () => {
  await using system = await openNodes({ count: 1, users: [] })
  const { db } = system
  await write(db, [{ streamId: ONE, seq: 1, position: 10 }])
  await write(db, [{ streamId: OTHER, seq: 1, position: 13 }])
  await write(db, [
    { streamId: ONE, seq: 2, position: 11 },
    { streamId: OTHER, seq: 2, position: 13 },
  ])
  await write(db, [{ streamId: ONE, seq: 3, position: 12 }])
  await forgetCommits(db, 0)
  expect(await left(db)).toEqual(['ONE#1', 'ONE#2', 'ONE#3', 'OTHER#1', 'OTHER#2'])
  await forgetCommits(db, 1)
  expect(await left(db)).toEqual(['ONE#1'])
})

const write = (db: Db, events: { streamId: string; seq: number; position: number }[]) =>
  db.logEvent.createMany({
    data: events.map((event) => ({ ...event, tenantId: newUuid(), kind: 'MESSAGE_SENT', at: new Date() })),
  })

const left = async (db: Db) =>
  (await db.logEvent.findMany({ orderBy: [{ streamId: 'asc' }, { seq: 'asc' }] })).map(
    ({ streamId, seq }) => `${streamId === ONE ? 'ONE' : 'OTHER'}#${seq}`,
  )
