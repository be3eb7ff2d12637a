/** What the events of one's own log, and those that are of no log, change. */
import type { EventFragment } from '../generated/graphql.ts'
import { avoid } from './avoid.ts'
import { hide } from './record.ts'
import type { Refresher } from './refresher.ts'
import type { Store } from './store.ts'
import { readUpTo } from './unread.ts'

/** Whether it is one of them. */
export function applyOwn(store: Store, event: EventFragment, refresher: Refresher): boolean {
  switch (event.__typename) {
    case 'ConversationJoined':
    case 'MembershipUpdated':
    case 'ContactDeclined':
      store.record(event.conversation.id)
      refresher.ask(event.conversation.id)
      return true
    case 'UserBlocked':
      store.avoidedHeard++
      avoid(store, 'blocked', event.user.id, event.blocked, refresher)
      return true
    case 'UserMuted':
      store.avoidedHeard++
      avoid(store, 'muted', event.user.id, event.muted, refresher)
      return true
    case 'ReadMarked': {
      const record = store.records.get(event.conversation.id)
      if (!record || event.threadId !== null) return true
      if (readUpTo(record, event.readSeq)) refresher.touched(record.id)
      else refresher.ask(record.id)
      store.changed(record.id)
      return true
    }
    case 'ConversationLeft':
    case 'AccessRevoked': {
      const record = store.records.get(event.conversationId)
      if (record) Object.assign(record, { membership: null, capabilities: [] })
      store.changed(event.conversationId)
      return true
    }
    case 'MessageHidden': {
      const record = store.records.get(event.conversationId)
      if (record) hide(record, event.messageId)
      // What was said before it, and whether it was unread, only the server knows.
      if (!record?.lastMessage || record.unread.messages > 0) refresher.ask(event.conversationId)
      store.changed(event.conversationId)
      return true
    }
    case 'ReceiptsAdvanced': {
      const members = store.records.get(event.conversation.id)?.members
      const member = members?.get(event.user.id)
      if (!member) return true
      const { readSeq, deliveredSeq } = event
      members?.set(event.user.id, { ...member, readSeq, deliveredSeq })
      store.changed(event.conversation.id)
      return true
    }
    default:
      return false
  }
}
