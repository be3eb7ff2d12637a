/**
 * A process that appends, for append-processes.int.test.ts: senders that send, repeat themselves and what other processes send, conflict,
 * intrude, come and go. It tells its parent every acknowledgement, and in the end every error that nobody asked for.
 */
import { memoryBus } from '../../src/bus/memory.ts'
import { connectPostgres, sqlState } from '../../src/db.ts'
import { ChatError } from '../../src/errors.ts'
import { limitsOf } from '../../src/limits.ts'
import { type Append, createAppend, type MessageDraft } from '../../src/messages/append.ts'
import { draft } from '../../src/messages/draft.ts'
import { createMetrics } from '../../src/metrics.ts'
import type { Uuid } from '../../src/model.ts'
import { type Random, random } from './adversary.ts'

export interface Task {
  url: string
  worker: number
  /** Operations of this process, all senders together. */
  operations: number
  senders: number
  tenantId: Uuid
  conversations: Uuid[]
  /** Members of all conversations; they stay. */
  members: Uuid[]
  /** In some conversations now and then. */
  guest: Uuid
  stranger: Uuid
}

export type Report =
  | { kind: 'SENT'; conversationId: Uuid; authorId: Uuid; clientMessageId: string; text: string; id: Uuid; seq: number }
  | { kind: 'FAULT'; text: string }
  | { kind: 'DONE'; refused: Record<string, number>; repeated: number }

process.once('message', (task: Task) => void run(task))

async function run(task: Task): Promise<void> {
  const db = connectPostgres(task.url, 4)
  const append = createAppend({ db, bus: memoryBus(), metrics: createMetrics() })
  const done = { refused: {} as Record<string, number>, repeated: 0 }
  let left = task.operations
  const sender = async (n: number) => {
    const dice = random(task.worker * 1_000 + n)
    const own: MessageDraft[] = []
    while (left-- > 0) await operation(append, task, { dice, own, done, name: `${task.worker}.${n}` })
  }
  await Promise.all(Array.from({ length: task.senders }, (_, n) => sender(n)))
  await db.$disconnect()
  tell({ kind: 'DONE', ...done })
  process.disconnect()
}

interface Sender {
  dice: Random
  name: string
  own: MessageDraft[]
  done: { refused: Record<string, number>; repeated: number }
}

async function operation(append: Append, task: Task, { dice, own, name, done }: Sender): Promise<void> {
  const { tenantId, conversations, members, guest, stranger } = task
  const conversationId = dice.pick(conversations)
  const what = dice.next()
  const fresh = (authorId: Uuid, clientMessageId: string): MessageDraft => {
    const input = { text: `${clientMessageId} says so`, clientMessageId }
    return { tenantId, conversationId, authorId, ...draft(input, limitsOf(null)) }
  }
  async function send(message: MessageDraft, expected: 'SENT' | ChatError['code']): Promise<void> {
    const answer = await append.message(message).catch((error: unknown) => error)
    if (answer instanceof ChatError && answer.code === expected) {
      done.refused[expected] = (done.refused[expected] ?? 0) + 1
      return
    }
    if (expected !== 'SENT' || answer instanceof Error) return fault(`wanted ${expected}`, answer)
    const { message: stored, deduplicated } = answer as Awaited<ReturnType<Append['message']>>
    if (deduplicated) done.repeated++
    const { authorId, clientMessageId, text } = message
    tell({
      kind: 'SENT',
      conversationId: message.conversationId,
      authorId: authorId ?? '',
      clientMessageId,
      text,
      id: stored.id,
      seq: stored.seq,
    })
  }

  if (what < 0.5) {
    const message = fresh(dice.pick(members), `${name}.${own.length}`)
    own.push(message)
    await send(message, 'SENT')
  } else if (what < 0.65 && own.length) await send(dice.pick(own), 'SENT')
  // Of few keys that all processes use: whichever comes first is stored, all others repeat it.
  else if (what < 0.8) await send(fresh(members[0]!, `shared ${dice.below(50)}`), 'SENT')
  else if (what < 0.87 && own.length) {
    const other = draft({ text: 'other', clientMessageId: dice.pick(own).clientMessageId }, limitsOf(null))
    await send(
      { ...own.find(({ clientMessageId }) => clientMessageId === other.clientMessageId)!, ...other },
      'IDEMPOTENCY_CONFLICT',
    )
  } else if (what < 0.94) await send(fresh(stranger, name), 'NOT_FOUND')
  else {
    const change = dice.chance(0.5)
      ? ({ change: 'JOINED', userId: guest, role: 'GUEST' } as const)
      : ({ change: 'LEFT', userId: guest, reason: 'LEFT' } as const)
    const answer = await append
      .changes({ tenantId, conversationId, actorId: members[0]!, changes: [change] })
      .catch((error: unknown) => error)
    if (answer instanceof Error) fault('wanted a change', answer)
  }
}

function fault(wanted: string, answer: unknown): void {
  const cause = answer instanceof Error ? (answer.cause ?? answer) : answer
  tell({ kind: 'FAULT', text: `${wanted}, got ${answer}; SQLSTATE ${sqlState(cause)}; ${JSON.stringify(cause)}` })
}

const tell = (report: Report): void => void process.send?.(report)
