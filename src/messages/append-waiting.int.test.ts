import { expect, test } from 'vitest'
import { openNodes } from '../../tests/support/nodes.ts'
import { directKey } from '../conversations/conversations.ts'
import { newUuid } from '../lib/ids.ts'
import { limitsOf } from '../limits.ts'
import { draft } from './draft.ts'

/** Alice has asked Bob, and nothing was said. */
async function stage() {
  const nodes = await openNodes({ count: 2, users: ['alice', 'bob'] })
  const [first, second] = nodes.nodes as [(typeof nodes.nodes)[0], (typeof nodes.nodes)[0]]
  const [by, to] = nodes.users.map(({ userId }) => userId) as [string, string]
  const { tenantId } = nodes
  const conversationId = newUuid()
  await first.append.changes({
    ...{ tenantId, conversationId, actorId: by },
    create: { kind: 'DIRECT', title: null, directKey: directKey(by, to), contact: { by, to } },
    changes: [by, to].map((userId) => ({ change: 'JOINED', userId, role: 'MEMBER' }) as const),
  })
  const saying = (clientMessageId: string) => ({
    ...draft({ text: 'hi', clientMessageId }, limitsOf(null)),
    ...{ tenantId, conversationId, authorId: by },
  })
  return { nodes, first, second, saying }
}

const codeOf = (error: unknown) => (error as { code?: string }).code ?? String(error)

test('of what two nodes store at the same moment there is no more than a stranger may say', async () => {
  const { nodes, first, second, saying } = await stage()
  await using _ = nodes
  const sends = Array.from({ length: 30 }, (_, n) =>
    (n % 2 ? first : second).append.messageOfStranger(saying(`${n}`), 3).then(() => 'SENT', codeOf),
  )
  const outcomes = await Promise.all(sends)
  expect(outcomes.filter((outcome) => outcome === 'SENT')).toHaveLength(3)
  expect(outcomes.filter((outcome) => outcome === 'LIMIT_EXCEEDED')).toHaveLength(27)
  expect(await nodes.db.message.count()).toBe(3)
})

test('one that is sent again on another node is the same one, and counts once', async () => {
  const { nodes, first, second, saying } = await stage()
  await using _ = nodes
  const again = await Promise.all(
    [first, second, first, second].map(({ append }) => append.messageOfStranger(saying('one'), 1)),
  )
  expect(new Set(again.map(({ message }) => message.id)).size).toBe(1)
  expect(again.filter(({ deduplicated }) => !deduplicated)).toHaveLength(1)
})
