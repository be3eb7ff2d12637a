import { describe, expect, test } from 'vitest'
import { markedColumns } from '../../tests/support/markers.ts'
import { beginConversation, openNodes, say } from '../../tests/support/nodes.ts'
import { eraseRows } from '../accounts/erase-rows.ts'
import type { Claimed, Erasures } from '../accounts/erasures.ts'
import { type PersonalTables, personalData } from '../accounts/personal-data.ts'
import { eraseUser } from './erase-user.ts'

/** Somebody with so much to erase, and no worker beside the one of the test. */
async function stage(messages: number) {
  const nodes = await openNodes({ count: 1, users: ['marked-id', 'other'] })
  const { db, users } = nodes
  const [parts, [user]] = [nodes.nodes[0]!, users as [(typeof users)[0]]]
  const conversationId = await beginConversation(parts, users)
  for (let n = 0; n < messages; n++) await say(parts, user, conversationId, `marked ${n}`)
  await parts.append.change(
    { tenantId: user.tenantId, actorId: null, streams: [user.userId], once: null },
    async ({ tx }) => {
      await parts.erasures.request(tx, user, { externalId: user.externalId, byUser: true })
      return {}
    },
  )
  return { nodes, db, parts, user }
}

const { signal } = new AbortController()

/** Who is killed says nothing more. */
const withoutLeave = (erasures: Erasures): Erasures => ({ ...erasures, leave: async () => {} })

describe('the erasing itself', () => {
  test.for(['user', 'sent'])('leaves something that is found when the table %s is left out', async (left) => {
    const { nodes, db, parts, user } = await stage(1)
    await using _ = nodes
    if (left === 'sent') await db.sent.updateMany({ data: { clientMessageId: 'marked' } })
    const { [left]: _left, ...tables } = personalData as PersonalTables
    await eraseUser({ ...parts, db, tables }).handle(user, signal)
    expect(Object.keys(await markedColumns(db, 'marked'))).toContain(
      left === 'user' ? 'user.external_id' : 'sent.client_message_id',
    )
    await db.$transaction((tx) => eraseRows(tx, user, { name: left, table: (personalData as PersonalTables)[left]! }))
    expect(await markedColumns(db, 'marked')).toEqual({})
  })

  test('goes on where it was when its worker dies, and counts nothing twice', async () => {
    const { nodes, db, parts, user } = await stage(130)
    await using _ = nodes
    let changes = 0
    const dying = {
      ...parts.append,
      change: (...given: Parameters<typeof parts.append.change>) =>
        ++changes > 2 ? Promise.reject(new Error('killed')) : parts.append.change(...given),
    }
    const dead = eraseUser({
      ...parts,
      db,
      append: dying as typeof parts.append,
      erasures: withoutLeave(parts.erasures),
    })
    await expect(dead.handle(user, signal)).rejects.toThrow('killed')
    const alive = eraseUser({ ...parts, db })
    await expect(alive.handle(user, signal)).rejects.toThrow('another run') // it is another’s until the lease ends
    await db.erasure.updateMany({ data: { claimedUntil: new Date(0) } })
    await alive.handle(user, signal)
    await alive.handle(user, signal) // what is done stays so
    expect(await markedColumns(db, 'marked')).toEqual({})
    const { receipt, finishedAt } = await db.erasure.findFirstOrThrow()
    expect([receipt, finishedAt]).toMatchObject([{ message: 130, sent: 130, user: 1 }, expect.any(Date)])
  })

  test('does nothing more when another run has taken over, and leaves that one its claim', async () => {
    const { nodes, db, parts, user } = await stage(130)
    await using _ = nodes
    const others: Claimed[] = []
    let changes = 0
    const late = {
      ...parts.append,
      async change(...given: Parameters<typeof parts.append.change>) {
        if (++changes === 2) {
          await db.erasure.updateMany({ data: { claimedUntil: new Date(0) } })
          others.push((await parts.erasures.claim(user))!)
        }
        return parts.append.change(...given)
      },
    }
    const stale = eraseUser({ ...parts, db, append: late as typeof parts.append })
    await expect(stale.handle(user, signal)).rejects.toThrow('another run')
    expect(await db.message.count({ where: { text: '' } })).toBe(50) // the second fifty are undone with its claim
    await expect(parts.erasures.claim(user)).rejects.toThrow('another run') // the other one’s, as it was
    await parts.erasures.leave(others[0]!)
    await eraseUser({ ...parts, db }).handle(user, signal)
    const { receipt } = await db.erasure.findFirstOrThrow()
    expect(receipt).toMatchObject({ message: 130, sent: 130, user: 1 })
    await expect(parts.erasures.finish(others[0]!)).rejects.toThrow('another run')
  })
})
