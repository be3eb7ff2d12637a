/** What is kept of conversations and of who is in them, made together: each store is its own file. */
import type { Db } from '../db.ts'
import { createAversionStore } from './aversions.ts'
import { createContacts } from './contacts.ts'
import { createConversations } from './conversations.ts'
import { createInvites } from './invites.ts'
import { createMemberships } from './memberships.ts'
import { createUnreadCounts } from './unread.ts'

export const conversationStores = ({ db }: { db: Db }) => ({
  conversations: createConversations({ db }),
  memberships: createMemberships({ db }),
  invites: createInvites({ db }),
  contacts: createContacts({ db }),
  aversions: createAversionStore({ db }),
  unread: createUnreadCounts({ db }),
})
