/** One conversation of an author and his readers, on a node that is found at the same place after it was killed. */
import { freePort } from '../../scripts/services/free-port.ts'
import { encodeId, newUuid } from '../../src/lib/ids.ts'
import { type Node, startDatabase, startNode, withParts } from '../lib/node.ts'
import { makePeople, makeTenant, type Person } from '../lib/people.ts'

export interface Stage {
  /** As http://127.0.0.1:4000. */
  url: string
  conversationId: string
  author: Person
  readers: readonly Person[]
  kill(): Promise<void>
  /** Resolves when it has said that it is ready. */
  start(): Promise<void>
}

export async function setStage(count: number, opened: AsyncDisposableStack): Promise<Stage> {
  const database = await startDatabase(opened)
  const people = await withParts(database, async (parts) => {
    const tenantId = await makeTenant(parts)
    const [author] = await makePeople(parts, tenantId, { name: 'author', count: 1 })
    if (!author) throw new Error('expected an author')
    const readers = await makePeople(parts, tenantId, { name: 'reader', count })
    const id = newUuid()
    await parts.append.changes({
      tenantId,
      conversationId: id,
      actorId: author.id,
      create: { kind: 'GROUP', title: null, directKey: null },
      changes: [
        { change: 'JOINED', userId: author.id, role: 'OWNER' },
        ...readers.map((reader) => ({ change: 'JOINED', userId: reader.id, role: 'MEMBER' }) as const),
      ],
    })
    return { author, readers, conversationId: encodeId('conv', id) }
  })
  const PORT = String(await freePort())
  const begin = (): Promise<Node> => startNode(database, { PORT }, opened)
  let node = await begin()
  return {
    url: `http://127.0.0.1:${PORT}`,
    ...people,
    kill: () => node.kill(),
    async start() {
      node = await begin()
    },
  }
}
