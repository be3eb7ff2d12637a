/** Sends what was scheduled, by the way of every message and as its author: whether he may is asked now. Its author is told what became of it. */
import { actFor } from '../accounts/act-for.ts'
import type { Parts } from '../context.ts'
import { ChatError } from '../errors.ts'
import type { JobHandler } from '../jobs/queue.ts'
import { encodeId } from '../lib/ids.ts'
import {
  clientMessageIdOf,
  type Failure,
  type ScheduledInput,
  type ScheduledMessage,
  type ScheduledName,
  sendScheduledKind,
} from '../messages/scheduled.ts'
import type { UserCaller, Uuid } from '../model.ts'

/** Later than this it is not said any more: who reads it would take it for what is said now. */
const MOST_LATE_MS = 24 * 3_600_000

/** Answers the message's id. */
export type SendAs = (caller: UserCaller, input: ScheduledInput & SendPlace) => Promise<Uuid>

interface SendPlace {
  conversationId: string
  clientMessageId: string
}

export function sendScheduled(
  parts: Pick<Parts, 'append' | 'scheduled' | 'tenants' | 'users'>,
  sendAs: SendAs,
): JobHandler<ScheduledName> {
  const { append, scheduled } = parts

  async function send(one: ScheduledMessage): Promise<Uuid> {
    const { tenantId, authorId: userId, conversationId, input } = one
    const before = await scheduled.sentAs(one)
    if (before) return before
    if (Date.now() - one.dueAt.getTime() > MOST_LATE_MS) throw new TooLate()
    const caller = await actFor(parts, { tenantId, userId })
    const place = { conversationId: encodeId('conv', conversationId), clientMessageId: clientMessageIdOf(one) }
    return sendAs(caller, { ...input, ...place })
  }

  const change = ({ tenantId, authorId }: ScheduledMessage, work: Parameters<typeof append.change>[1]) =>
    append.change({ tenantId, actorId: null, streams: [authorId], once: null }, work)

  return {
    kind: sendScheduledKind,
    async handle(name) {
      const one = await scheduled.take(name)
      if (!one) return
      try {
        const messageId = await send(one)
        await change(one, async (changing) => {
          await scheduled.sent(changing, one, messageId)
          return {}
        })
      } catch (error) {
        const failure = failureOf(error)
        if (!failure) {
          await scheduled.giveBack(one)
          throw error
        }
        await change(one, async (changing) => {
          await scheduled.failed(changing, one, failure)
          return {}
        })
      }
    },
  }
}

class TooLate extends Error {}

/** null: it may be another time. */
function failureOf(error: unknown): Failure | null {
  if (error instanceof TooLate)
    return { code: 'TOO_LATE', explanation: 'It could not be sent for more than 24 hours after its time' }
  if (!(error instanceof ChatError) || error.retryable || error.code === 'TENANT_SUSPENDED') return null
  return { code: error.code, explanation: error.message }
}
