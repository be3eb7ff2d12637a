/** Says something to be sent later, sets another time for it, or takes it back. Whether it may be said is asked now, and again then. */
import type { Context } from '../context.ts'
import { may } from '../conversations/access.ts'
import { isAsking } from '../conversations/contacts.ts'
import { ChatError } from '../errors.ts'
import { keepUnsent, letUnsentGo } from '../files/attachments.ts'
import { decodeId, encodeId, newUuid } from '../lib/ids.ts'
import type { Changing } from '../messages/change.ts'
import { clientMessageIdOf, type ScheduledMessage } from '../messages/scheduled.ts'
import type { Uuid } from '../model.ts'
import { assertInTime, type DraftInput, drafted } from './drafted.ts'
import { idempotent, type Repeatable } from './idempotent.ts'

export type ScheduleMessageInput = DraftInput & Repeatable & { conversationId: string; dueAt: Date }

export interface Scheduled {
  scheduledMessageId: string
  /** null of a repeat: it has been sent or taken back. */
  scheduledMessage: ScheduledMessage | null
}

export async function scheduleMessage(context: Context, input: ScheduleMessageInput): Promise<Scheduled> {
  const { parts, viewer } = context
  const { tenantId, userId: authorId } = viewer
  const limits = await context.limits()
  const { id } = await idempotent(context, 'scheduleMessage', input, async (once) => {
    const dueAt = await dueTime(context, input.dueAt)
    const admitted = await parts.access.to('POST', viewer, decodeId('conv', input.conversationId))
    const { conversation } = admitted
    if (isAsking(conversation, authorId))
      throw new ChatError('FORBIDDEN', { message: 'Nothing can be scheduled before your request is accepted' })
    const { conversationId: _, clientMutationId: __, dueAt: ___, ...said } = input
    const name = { tenantId, id: newUuid() }
    const mayMentionAll = may(admitted, 'MENTION_ALL')
    const clean = await drafted(
      context,
      { ...said, clientMessageId: clientMessageIdOf(name) },
      { mayMentionAll, at: dueAt },
    )
    await assertSeen(context, conversation.id, { replyToId: clean.replyToId, threadId: clean.threadId })
    return parts.append.change({ tenantId, actorId: authorId, streams: [authorId], once }, async (changing) => {
      const max = limits.scheduledMessages
      if ((await parts.scheduled.count({ tenantId, authorId }, changing.tx)) >= max)
        throw new ChatError('LIMIT_EXCEEDED', { limit: 'scheduledMessages', max })
      const files = { tenantId, ownerId: authorId, ids: clean.attachmentIds }
      if (!(await keepUnsent(changing.tx, files, dueAt)))
        throw new ChatError('INVALID_INPUT', { message: NO_FILE, path: 'input.attachmentIds' })
      const place = { authorId, conversationId: conversation.id }
      await parts.scheduled.schedule(changing, { ...name, ...place, input: said, dueAt })
      return { id: name.id }
    })
  })
  return shown(context, id)
}

type ChangeInput = Repeatable & { scheduledMessageId: string }

export async function rescheduleMessage(context: Context, input: ChangeInput & { dueAt: Date }): Promise<Scheduled> {
  const { parts, tenantId, viewer } = context
  const { id } = await changed(context, 'rescheduleMessage', input, async (changing, one) => {
    const dueAt = await dueTime(context, input.dueAt)
    await keepUnsent(changing.tx, { tenantId, ownerId: viewer.userId, ids: filesOf(one) }, dueAt)
    await parts.scheduled.reschedule(changing, one, dueAt)
  })
  return shown(context, id)
}

export async function cancelScheduledMessage(
  context: Context,
  input: ChangeInput,
): Promise<{ scheduledMessageId: string }> {
  const { parts, viewer } = context
  const { id } = await changed(context, 'cancelScheduledMessage', input, async (changing, one) => {
    await letUnsentGo(changing.tx, { tenantId: viewer.tenantId, ownerId: viewer.userId, ids: filesOf(one) })
    await parts.scheduled.cancel(changing, one)
  })
  return { scheduledMessageId: encodeId('scheduled', id) }
}

/** Of the viewer's own alone. Throws NOT_FOUND, or STALE_WRITE when it is being sent just now. */
function changed(
  context: Context,
  mutation: string,
  input: ChangeInput,
  work: (changing: Changing, one: ScheduledMessage) => Promise<void>,
): Promise<{ id: string }> {
  const { parts, viewer } = context
  const { tenantId, userId } = viewer
  return idempotent(context, mutation, input, (once) =>
    parts.append.change({ tenantId, actorId: userId, streams: [userId], once }, async (changing) => {
      const id = decodeId('scheduled', input.scheduledMessageId)
      const one = id === null ? null : await parts.scheduled.byId({ tenantId, id }, changing.tx)
      if (one?.authorId !== userId) throw nothing()
      if (one.state === 'SENDING')
        throw new ChatError('STALE_WRITE', { message: 'It is being sent just now: delete the message instead' })
      await work(changing, one)
      return { id: one.id }
    }),
  )
}

async function shown({ parts, tenantId }: Context, id: string): Promise<Scheduled> {
  const scheduledMessage = await parts.scheduled.byId({ tenantId, id })
  return { scheduledMessageId: encodeId('scheduled', id), scheduledMessage }
}

const NO_FILE = 'input.attachmentIds names what is no file of yours that is uploaded and not sent yet'

const nothing = () =>
  new ChatError('NOT_FOUND', {
    message: 'No such message of yours waits: it has been sent or taken back',
    path: 'input.scheduledMessageId',
  })

/** What it answers and where it hangs on, as append will judge them then. */
async function assertSeen(
  { parts, viewer }: Context,
  conversationId: Uuid,
  named: Record<'replyToId' | 'threadId', Uuid | null>,
): Promise<void> {
  for (const [name, id] of Object.entries(named)) {
    if (id === null) continue
    const seen = await parts.access.toSee(viewer, id).catch((error) => {
      if (error instanceof ChatError && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN')) return null
      throw error
    })
    const path = `input.${name}`
    if (seen?.message.conversationId !== conversationId)
      throw new ChatError('INVALID_INPUT', { message: `${path} is no message of this conversation`, path })
  }
}

async function dueTime(context: Context, dueAt: Date): Promise<Date> {
  const bound = { path: 'input.dueAt', from: new Date(), limit: 'scheduleAheadSeconds' } as const
  assertInTime(dueAt, bound, await context.limits())
  return dueAt
}

const filesOf = ({ input }: ScheduledMessage): string[] =>
  (input.attachmentIds ?? []).flatMap((id) => decodeId('file', id) ?? [])
