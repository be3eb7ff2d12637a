/** Who is typing in a conversation, for one listener: first as it is, then whenever it has changed, at most once a second. */
import type { Access } from '../conversations/access.ts'
import { showsTyping } from '../conversations/access.ts'
import type { AversionsNow } from '../delivery/aversions-now.ts'
import type { Limits } from '../limits.ts'
import type { Conversation, UserCaller, Uuid } from '../model.ts'
import type { MembersOnline } from './members-online.ts'
import type { Typing } from './typing.ts'
import { type Revoked, whileMember } from './while-member.ts'

export interface TypistsNow {
  kind: 'TYPING'
  conversationId: Uuid
  /** false: it is not shown here, now. */
  isShown: boolean
  userIds: readonly Uuid[]
}

interface Dependencies {
  typing: Typing
  membersOnline: MembersOnline
  access: Access
  aversionsNow: Pick<AversionsNow, 'of'>
}

interface Request {
  viewer: UserCaller
  conversation: Conversation
  limits: Limits
  everyMs: number
}

/** The caller has found that the viewer may listen. */
export function typingUpdates(
  { typing, ...dependencies }: Dependencies,
  { viewer, conversation, limits, everyMs }: Request,
): AsyncIterableIterator<TypistsNow | Revoked> {
  return whileMember<TypistsNow>(dependencies, {
    viewer,
    conversationId: conversation.id,
    everyMs,
    async open(members, bell, isUnknown) {
      const heard = await typing.follow(viewer.tenantId, conversation.id, bell.ring)
      let given: string | null = null
      return {
        next() {
          const isShown = showsTyping(conversation, members.online.size, limits)
          const userIds = isShown ? heard.list().filter((userId) => !isUnknown(userId)) : []
          const now = `${isShown} ${userIds.toSorted().join(' ')}`
          if (now === given) return null
          given = now
          return { kind: 'TYPING', conversationId: conversation.id, isShown, userIds }
        },
        heard(event) {
          if (event.kind === 'MESSAGE_SENT' && event.message.authorId) heard.stopped(event.message.authorId)
          if (event.kind === 'MEMBER_LEFT') heard.stopped(event.userId)
        },
        stop: heard.stop,
      }
    },
  })
}
