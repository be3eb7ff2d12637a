/** How events rest in the rows of the log: whom or what they are about, and small detail. Never a text: a message is read from its own row. */
import type { AccountPart, ChatEvent, Happening, LeaveReason, MessageSent, ScheduledOutcome } from '../events.ts'
import type { MemberRole, Message, RestrictionKind, Uuid } from '../model.ts'

export interface StoredForm {
  subjectId: Uuid | null
  detail: Readonly<Record<string, unknown>> | null
}

/** Those that are about a message and come with it. */
export const MESSAGE_KINDS = [
  'MESSAGE_SENT',
  'MESSAGE_EDITED',
  'MESSAGE_DELETED',
  'MESSAGE_PINNED',
  'MESSAGE_UNPINNED',
  'REACTION_ADDED',
  'REACTION_REMOVED',
] as const satisfies readonly ChatEvent['kind'][]

export function stored(event: Happening): StoredForm {
  switch (event.kind) {
    case 'MESSAGE_EDITED':
    case 'MESSAGE_DELETED':
    case 'MESSAGE_PINNED':
    case 'MESSAGE_UNPINNED':
      return { subjectId: event.message?.id ?? null, detail: null }
    case 'REACTION_ADDED':
    case 'REACTION_REMOVED':
      return { subjectId: event.message?.id ?? null, detail: { emoji: event.emoji } }
    case 'MEMBER_JOINED':
      return { subjectId: event.userId, detail: { role: event.role } }
    case 'MEMBER_LEFT':
      return { subjectId: event.userId, detail: { reason: event.reason } }
    case 'MEMBER_ROLE_CHANGED':
      return { subjectId: event.userId, detail: { role: event.role, previousRole: event.previousRole } }
    case 'MEMBER_TIMED_OUT':
      return { subjectId: event.userId, detail: { until: event.until } }
    case 'CONVERSATION_UPDATED': {
      const { changed, title, previousTitle } = event
      return { subjectId: null, detail: { changed, title, previousTitle } }
    }
    case 'CONVERSATION_ARCHIVED':
    case 'CONVERSATION_UNARCHIVED':
    case 'CONTACT_ACCEPTED':
      return { subjectId: null, detail: null }
    case 'CONVERSATION_JOINED':
      return { subjectId: event.conversationId, detail: { seq: event.conversationSeq } }
    case 'CONVERSATION_LEFT':
      return {
        subjectId: event.conversationId,
        detail: { seq: event.conversationSeq, reason: event.reason, explanation: event.explanation },
      }
    case 'RESTRICTED': {
      const { restriction, until, explanation, isLifted } = event
      return { subjectId: event.conversationId, detail: { restriction, until, explanation, isLifted } }
    }
    case 'MEMBERSHIP_UPDATED':
    case 'CONTACT_DECLINED':
      return { subjectId: event.conversationId, detail: null }
    case 'READ_MARKED':
      return { subjectId: event.conversationId, detail: { threadId: event.threadId, seq: event.readSeq } }
    case 'MESSAGE_HIDDEN':
      return { subjectId: event.conversationId, detail: { messageId: event.messageId } }
    case 'SCHEDULED_MESSAGE_CHANGED': {
      const { conversationId, state, messageId, code, explanation } = event
      return { subjectId: event.scheduledId, detail: { conversationId, state, messageId, code, explanation } }
    }
    case 'THREAD_FOLLOWED':
      return {
        subjectId: event.conversationId,
        detail: { threadId: event.threadId, isFollowing: event.isFollowing },
      }
    case 'ACCOUNT_UPDATED':
      return { subjectId: null, detail: { changed: event.changed } }
    case 'SIGNED_OUT':
      return { subjectId: event.connectionId, detail: null }
    case 'USER_BLOCKED':
      return { subjectId: event.userId, detail: { isOn: event.isBlocked } }
    case 'USER_MUTED':
      return { subjectId: event.userId, detail: { isOn: event.isMuted } }
  }
}

interface Detail {
  emoji: string
  role: MemberRole
  previousRole: MemberRole
  reason: LeaveReason
  seq: number
  changed: string[]
  title: string | null
  previousTitle: string | null
  threadId: Uuid | null
  messageId: Uuid
  isFollowing: boolean
  restriction: RestrictionKind
  /** As JSON has it. */
  until: string | null
  explanation: string | null
  isLifted: boolean
  isOn: boolean
  conversationId: Uuid
  state: ScheduledOutcome
  code: string | null
}

type WithoutPlace = Happening | Pick<MessageSent, 'kind' | 'message'>

/** The other way. `message`: its row, of one of MESSAGE_KINDS. */
export function happening(kind: ChatEvent['kind'], form: StoredForm, message: Message | null): WithoutPlace {
  const subject = form.subjectId ?? ''
  const detail = (form.detail ?? {}) as unknown as Detail
  const { reason, threadId, explanation = null } = detail
  const until = detail.until ? new Date(detail.until) : null
  switch (kind) {
    case 'MESSAGE_SENT':
      if (!message) throw new Error('the log tells of a message that is not stored')
      return { kind, message }
    case 'MESSAGE_EDITED':
    case 'MESSAGE_DELETED':
    case 'MESSAGE_PINNED':
    case 'MESSAGE_UNPINNED':
      return { kind, message }
    case 'REACTION_ADDED':
    case 'REACTION_REMOVED':
      return { kind, message, emoji: detail.emoji }
    case 'MEMBER_JOINED':
      return { kind, userId: subject, role: detail.role }
    case 'MEMBER_LEFT':
      return { kind, userId: subject, reason }
    case 'MEMBER_ROLE_CHANGED':
      return { kind, userId: subject, role: detail.role, previousRole: detail.previousRole }
    case 'MEMBER_TIMED_OUT':
      return { kind, userId: subject, until }
    case 'CONVERSATION_UPDATED': {
      const { changed, title = null, previousTitle = null } = detail
      return { kind, changed, title, previousTitle }
    }
    case 'CONVERSATION_ARCHIVED':
    case 'CONVERSATION_UNARCHIVED':
    case 'CONTACT_ACCEPTED':
      return { kind }
    case 'CONVERSATION_JOINED':
      return { kind, conversationId: subject, conversationSeq: detail.seq }
    case 'CONVERSATION_LEFT':
      return { kind, conversationId: subject, conversationSeq: detail.seq, reason, explanation }
    case 'RESTRICTED':
      return {
        kind,
        conversationId: subject,
        restriction: detail.restriction,
        until,
        explanation,
        isLifted: detail.isLifted,
      }
    case 'MEMBERSHIP_UPDATED':
    case 'CONTACT_DECLINED':
      return { kind, conversationId: subject }
    case 'READ_MARKED':
      return { kind, conversationId: subject, threadId, readSeq: detail.seq }
    case 'MESSAGE_HIDDEN':
      return { kind, conversationId: subject, messageId: detail.messageId }
    case 'SCHEDULED_MESSAGE_CHANGED': {
      const { conversationId, state, messageId = null, code = null } = detail
      return { kind, scheduledId: subject, conversationId, state, messageId, code, explanation }
    }
    case 'THREAD_FOLLOWED':
      return { kind, conversationId: subject, threadId: threadId ?? '', isFollowing: detail.isFollowing }
    case 'ACCOUNT_UPDATED':
      return { kind, changed: detail.changed as AccountPart[] }
    case 'SIGNED_OUT':
      return { kind, connectionId: form.subjectId }
    case 'USER_BLOCKED':
      return { kind, userId: subject, isBlocked: detail.isOn }
    case 'USER_MUTED':
      return { kind, userId: subject, isMuted: detail.isOn }
  }
}
