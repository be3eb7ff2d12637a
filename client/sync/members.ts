/** The members of a conversation, page by page, kept up by what is heard. */
import type { Connection } from '../asking.ts'
import { MembersDocument } from '../generated/graphql.ts'
import type { Readable } from '../readable.ts'
import type { ConversationRecord } from '../store/record.ts'
import type { Store } from '../store/store.ts'
import type { MemberList, MemberRole } from '../types.ts'
import { view } from '../view.ts'

const PAGE = 50

export interface Members {
  of(id: string): { list: Readable<MemberList>; load(): Promise<void>; invalidate(): void }
}

export function createMembers(store: Store, { request }: Pick<Connection, 'request'>): Members {
  return {
    of(id) {
      let isLoading = false
      const list = view((): MemberList => {
        const { members, hasMoreMembers } = store.record(id)
        return { members: [...members.values()], hasMore: hasMoreMembers, isLoading }
      })

      async function load(): Promise<void> {
        const record = store.record(id)
        if (record.hasMoreMembers && !isLoading) await read(record).finally(() => setLoading(false))
      }

      async function read(record: ConversationRecord): Promise<void> {
        setLoading(true)
        const heardTo = record.position ?? 0
        const { generation } = record
        const { conversation } = await request(MembersDocument, { id, first: PAGE, after: record.membersCursor })
        const isOld = record.membersChangedAt > heardTo || record.generation !== generation
        if (isOld) return read(record) // who has left meanwhile must not come back
        for (const { node } of conversation?.members.edges ?? [])
          record.members.set(node.user.id, { ...node, role: node.role as MemberRole })
        record.membersCursor = conversation?.members.pageInfo.endCursor ?? null
        record.hasMoreMembers = conversation?.members.pageInfo.hasNextPage ?? false
      }

      function setLoading(now: boolean): void {
        isLoading = now
        list.invalidate()
      }

      return { list, load, invalidate: list.invalidate }
    },
  }
}
