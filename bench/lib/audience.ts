/**
 * A conversation that many listen to, as conversations are: one in ten came late and sees nothing from before, one in a hundred has deleted a message for
 * himself. That message is from before the late ones' time: whoever quotes it says something else to eleven in a hundred.
 */
import type { Parts } from '../../src/context.ts'
import { encodeId, newUuid } from '../../src/lib/ids.ts'
import { limitsOf } from '../../src/limits.ts'
import { deleteForOne } from '../../src/messages/delete.ts'
import { draft } from '../../src/messages/draft.ts'
import type { User, Uuid } from '../../src/model.ts'

export interface Audience {
  conversationId: string
  /** From before the late ones' time, and hidden from some of the others. */
  oldMessageId: string
}

/** One in so many. */
const [LATE, HIDING] = [10, 100]

export async function gather(
  { append }: Pick<Parts, 'append'>,
  tenantId: Uuid,
  { authors, readers }: { authors: readonly User[]; readers: readonly User[] },
): Promise<Audience> {
  const conversationId = newUuid()
  const [owner] = authors
  if (!owner) throw new Error('a conversation needs somebody who begins it')
  const place = { tenantId, conversationId, actorId: owner.id }
  const isLate = (nth: number) => nth % LATE === 0
  const join = (users: readonly User[]) =>
    users.map(({ id }) => ({ change: 'JOINED', userId: id, role: 'MEMBER' }) as const)
  await append.changes({
    ...place,
    create: { kind: 'GROUP', title: null, directKey: null, history: 'FROM_JOIN' },
    changes: [
      { change: 'JOINED', userId: owner.id, role: 'OWNER' },
      ...join([...authors.slice(1), ...readers.filter((_, nth) => !isLate(nth))]),
    ],
  })
  const said = { ...draft({ text: 'Well?', clientMessageId: newUuid() }, limitsOf(null)), ...place, authorId: owner.id }
  const { message } = await append.message(said)
  const late = readers.filter((_, nth) => isLate(nth))
  if (late.length) await append.changes({ ...place, changes: join(late) })
  for (const { id } of readers.filter((_, nth) => nth % HIDING === 1))
    await append.change({ tenantId, actorId: id, streams: [id], once: null }, async (changing) => {
      await deleteForOne(changing, message, id)
      return {}
    })
  return { conversationId: encodeId('conv', conversationId), oldMessageId: encodeId('msg', message.id) }
}
