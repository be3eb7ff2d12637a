/**
 * What append promises, in plain JavaScript: one conversation as its own events make it, and whether the answers to calls that ran at
 * the same time are those of some order in which they ran one after the other. The order is the one that seq tells.
 */
import type { ChatEvent } from '../../src/events.ts'
import type { MessageDraft } from '../../src/messages/append.ts'
import type { Changes } from '../../src/messages/membership-changes.ts'
import type { MemberRole, Uuid } from '../../src/model.ts'
import type { Stored, StoredEvent, StoredMessage } from './log-fixture.ts'

export type Refusal = 'NOT_FOUND' | 'FORBIDDEN' | 'IDEMPOTENCY_CONFLICT' | 'INVALID_INPUT' | 'REFUSED_BY_DATABASE'

export type Call =
  | {
      kind: 'SEND'
      draft: MessageDraft
      answer: { outcome: 'SENT' | 'REPEAT'; id: Uuid; seq: number } | { outcome: Refusal }
    }
  | {
      kind: 'CHANGE'
      changes: Changes
      answer: { outcome: 'DONE'; events: readonly ChatEvent[] } | { outcome: Refusal }
    }

const payload = ({ text, replyToId }: Pick<MessageDraft, 'text' | 'replyToId'>) => JSON.stringify([text, replyToId])
const keyOf = ({ authorId, clientMessageId }: Pick<MessageDraft, 'authorId' | 'clientMessageId'>) =>
  `${authorId} ${clientMessageId}`
const conversationOf = (call: Call) => (call.kind === 'SEND' ? call.draft.conversationId : call.changes.conversationId)

export class ConversationModel {
  seq = 0
  readonly members = new Map<Uuid, MemberRole>()
  readonly everMembers = new Set<Uuid>()
  readonly sent = new Map<string, { payload: string; id: Uuid; seq: number }>()
  readonly messageIds: Uuid[] = []

  judge(
    draft: MessageDraft,
  ): { outcome: 'SENT' } | { outcome: 'REPEAT'; id: Uuid; seq: number } | { outcome: Refusal } {
    const { authorId, replyToId } = draft
    if (draft.text.includes('\0')) return { outcome: 'REFUSED_BY_DATABASE' }
    const known = this.sent.get(keyOf(draft))
    if (known?.payload === payload(draft)) return { outcome: 'REPEAT', id: known.id, seq: known.seq }
    if (known) return { outcome: 'IDEMPOTENCY_CONFLICT' }
    const author = authorId ?? ''
    if (!this.members.has(author)) return { outcome: this.everMembers.has(author) ? 'FORBIDDEN' : 'NOT_FOUND' }
    if (replyToId !== null && !this.messageIds.includes(replyToId)) return { outcome: 'INVALID_INPUT' }
    return { outcome: 'SENT' }
  }

  /** The events that these changes make now, without their places. */
  effects({ actorId, actorRole, changes }: Changes): string[] | null {
    if (actorRole !== undefined && this.members.get(actorId ?? '') !== actorRole) return null
    return changes
      .filter(({ change, userId }) => (change === 'JOINED') !== this.members.has(userId))
      .map((each) =>
        each.change === 'JOINED'
          ? `MEMBER_JOINED ${each.userId} ${each.role}`
          : `MEMBER_LEFT ${each.userId} ${each.reason}`,
      )
  }

  apply({ kind, seq, subjectId, detail }: StoredEvent, message: StoredMessage | undefined): void {
    this.seq = seq
    if (kind === 'MESSAGE_SENT' && message) {
      this.sent.set(keyOf(message), { payload: payload(message), id: message.id, seq })
      this.messageIds.push(message.id)
    }
    if (kind === 'MEMBER_JOINED') {
      this.members.set(subjectId, Object.fromEntries(JSON.parse(detail)).role)
      this.everMembers.add(subjectId)
    }
    if (kind === 'MEMBER_LEFT') this.members.delete(subjectId)
  }

  /** Whether this is the answer of a call that changed nothing, had it run now. */
  explains(call: Call): boolean {
    if (call.kind === 'SEND') return JSON.stringify(this.judge(call.draft)) === JSON.stringify(call.answer)
    const effects = this.effects(call.changes)
    return call.answer.outcome === 'DONE'
      ? effects?.length === 0
      : call.answer.outcome === 'FORBIDDEN' && effects === null
  }
}

const changesNothing = ({ answer }: Call) =>
  answer.outcome === 'DONE' ? answer.events.length === 0 : answer.outcome !== 'SENT'

/**
 * Goes on with the conversation by what calls that ran at the same time have stored in it, and tells which of them
 * no order explains, and what is stored that nobody was told of.
 */
export function goOn(
  conversationId: Uuid,
  model: ConversationModel,
  { calls, stored: { events, messages } }: { calls: readonly Call[]; stored: Stored },
): string[] {
  const own = calls.filter((call) => conversationOf(call) === conversationId)
  const fresh = events.filter(({ streamId, seq }) => streamId === conversationId && seq > model.seq)
  const messageAt = new Map(
    messages.filter((each) => each.conversationId === conversationId).map((each) => [each.seq, each]),
  )
  const unexplained = new Set(own)
  const faults: string[] = []

  const explainRest = () => {
    for (const call of unexplained) if (changesNothing(call) && model.explains(call)) unexplained.delete(call)
  }
  explainRest()
  while (fresh.length) {
    const claimed = [...unexplained].find((call) => firstSeq(call, conversationId) === fresh[0]!.seq)
    const block = fresh.splice(0, claimed?.kind === 'CHANGE' ? ownEvents(claimed, conversationId).length : 1)
    const told = claimed ? wrongness(claimed, block, model, messageAt) : 'nobody was told of it'
    if (told) faults.push(`conversation ${conversationId}, seq ${block[0]!.seq}: ${told}`)
    if (claimed) unexplained.delete(claimed)
    for (const event of block) model.apply(event, messageAt.get(event.seq))
    explainRest()
  }
  return [...faults, ...[...unexplained].map((call) => `no order explains ${shown(call)}`)]
}

function firstSeq(call: Call, conversationId: Uuid): number | undefined {
  if (call.kind === 'SEND') return call.answer.outcome === 'SENT' ? call.answer.seq : undefined
  return ownEvents(call, conversationId)[0]?.seq
}

const ownEvents = (call: Call, conversationId: Uuid): ChatEvent[] =>
  call.answer.outcome === 'DONE' ? call.answer.events.filter(({ streamId }) => streamId === conversationId) : []

function wrongness(
  call: Call,
  block: StoredEvent[],
  model: ConversationModel,
  messageAt: Map<number, StoredMessage>,
): string | null {
  if (call.kind === 'CHANGE') {
    const made = block.map(({ kind, subjectId, detail }) => {
      const { role, reason } = Object.fromEntries(JSON.parse(detail))
      return `${kind} ${subjectId} ${role ?? reason}`
    })
    const want = model.effects(call.changes)
    return made.join() === want?.join() ? null : `stored ${made}, wanted ${want}, by ${shown(call)}`
  }
  const { outcome } = model.judge(call.draft)
  const { id, seq, authorId, clientMessageId, text, replyToId } = messageAt.get(block[0]!.seq)!
  const stored = JSON.stringify([id, seq, authorId, clientMessageId, text, replyToId])
  const { draft, answer } = call
  const told = JSON.stringify([
    ...(answer.outcome === 'SENT' ? [answer.id, answer.seq] : []),
    ...[draft.authorId, draft.clientMessageId, draft.text, draft.replyToId],
  ])
  if (outcome !== 'SENT') return `stored, where ${outcome} is right: ${shown(call)}`
  return stored === told ? null : `stored ${stored}, told ${told}`
}

const shown = (call: Call): string =>
  JSON.stringify(call, (_, value) => (typeof value === 'bigint' ? String(value) : value))
