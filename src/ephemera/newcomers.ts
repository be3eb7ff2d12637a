/** Who has just come: of which watched conversations he is a member is asked for all of a moment, and all conversations, in one query a tenant. */
import type { Acquaintances } from '../conversations/acquaintances.ts'
import type { Uuid } from '../model.ts'

/** A conversation that wants to know. */
export interface Asker {
  tenantId: Uuid
  conversationId: Uuid
  /** They are members. */
  found(userIds: readonly Uuid[]): void
}

export function createNewcomers({ acquaintances }: { acquaintances: Acquaintances }) {
  let waiting: { asker: Asker; userId: Uuid }[] = []

  async function answer(): Promise<void> {
    const asked = waiting
    waiting = []
    for (const [tenantId, questions] of Map.groupBy(asked, ({ asker }) => asker.tenantId)) {
      const userIds = new Set(questions.map(({ userId }) => userId))
      const conversationIds = new Set(questions.map(({ asker }) => asker.conversationId))
      // Where the database is away he is shown with his next coming.
      const found = await acquaintances.among(tenantId, [...userIds], [...conversationIds]).catch(() => [])
      const members = Map.groupBy(found, ({ conversationId }) => conversationId)
      for (const asker of new Set(questions.map((question) => question.asker))) {
        const here = members.get(asker.conversationId)
        if (here) asker.found(here.map(({ userId }) => userId))
      }
    }
  }

  return {
    ask(asker: Asker, userId: Uuid): void {
      if (!waiting.length) setImmediate(() => void answer())
      waiting.push({ asker, userId })
    },
  }
}
