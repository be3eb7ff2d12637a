/** Conversations, each with as many readers of its own, and one author who is in all of them. */
import { encodeId, newUuid } from '../../src/lib/ids.ts'
import { type Node, startDatabase, startNode, withParts } from '../lib/node.ts'
import { makePeople, makeTenant, type Person } from '../lib/people.ts'
import { raised } from '../lib/raised.ts'
import { COUNTING, countStatements, type Statements } from '../lib/statements.ts'

export interface Stage {
  /** Mostly one. */
  nodes: readonly Node[]
  statements: Statements
  author: Person
  conversationIds: readonly string[]
  /** The nth reads the conversation n modulo their number. */
  readers: readonly Person[]
}

export async function setStage(
  { sockets, conversations, nodes: count }: { sockets: number; conversations: number; nodes: number },
  opened: AsyncDisposableStack,
): Promise<Stage> {
  const database = await startDatabase(opened, COUNTING)
  const people = await withParts(database, async (parts) => {
    const tenantId = await makeTenant(parts)
    const [author] = await makePeople(parts, tenantId, { name: 'author', count: 1 })
    const readers = await makePeople(parts, tenantId, { name: 'reader', count: sockets })
    if (!author) throw new Error('expected an author')
    const ids = Array.from({ length: conversations }, newUuid)
    for (const [place, conversationId] of ids.entries()) {
      const own = readers.filter((_, nth) => nth % conversations === place)
      await parts.append.changes({
        tenantId,
        conversationId,
        actorId: author.id,
        create: { kind: 'GROUP', title: null, directKey: null },
        changes: [
          { change: 'JOINED', userId: author.id, role: 'OWNER' },
          ...own.map(({ id }) => ({ change: 'JOINED', userId: id, role: 'MEMBER' }) as const),
        ],
      })
    }
    return { author, readers, conversationIds: ids.map((id) => encodeId('conv', id)) }
  })
  const statements = await countStatements(database.url)
  const nodes: Node[] = []
  for (let nth = 0; nth < count; nth++) nodes.push(await startNode(database, raised(sockets), opened))
  return { nodes, statements, ...people }
}
