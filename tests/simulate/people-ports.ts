/** Memberships, and what somebody has deleted for himself, out of the database of a run: as much of them as delivery asks for. */
import type { Facts, Memberships } from '../../src/conversations/memberships.ts'
import { placeOf } from '../../src/events.ts'
import type { History } from '../../src/messages/history.ts'
import type { Conversation, Uuid } from '../../src/model.ts'
import type { Ask } from './asking.ts'
import type { Database } from './database.ts'
import { CONVERSATIONS, FROM_JOIN, TENANT } from './tables.ts'

export function membershipsPort(database: Database, ask: Ask): Memberships {
  const { tables } = database
  function factsOf(userId: Uuid, conversationId: Uuid): Facts {
    const windows = tables.windows(userId, conversationId)
    const [open, ended] = [windows.find(({ to }) => to === null), windows.findLast(({ to }) => to !== null)]
    return {
      conversation: { tenantId: TENANT, id: conversationId, history: historyOf(conversationId) } as Conversation,
      membership: open ? ({ userId, joinedSeq: open.from, leftSeq: null } as Facts['membership']) : null,
      leftSeq: ended?.to ?? null,
      leftFrom: ended?.from ?? null,
      leftAt: ended?.leftAt ?? null,
      ignored: new Set(),
      isUnreachable: false,
    }
  }

  const port: Pick<Memberships, 'facts' | 'listenerFacts' | 'windows'> = {
    facts: ({ userId, conversationId }) => ask(() => factsOf(userId, conversationId)),
    listenerFacts: ({ userId, conversationId, afterSeq }) =>
      ask(() => {
        const { membership, leftSeq, leftFrom, leftAt } = factsOf(userId, conversationId)
        return {
          epoch: database.epochSeen(),
          head: placeOf(tables.last(conversationId) ?? { seq: 0, position: 0n }),
          history: historyOf(conversationId),
          joinedSeq: membership?.joinedSeq ?? null,
          joinedPosition:
            membership && afterSeq !== null && membership.joinedSeq > afterSeq
              ? (tables.rows(conversationId)[membership.joinedSeq - 1]?.position ?? null)
              : null,
          ...{ leftSeq, leftFrom, leftAt },
          hidesSome: [...tables.messages.values()].some(
            (message) => message.conversationId === conversationId && tables.hidden.has(`${userId} ${message.id}`),
          ),
          positionAt: afterSeq === null ? null : (tables.rows(conversationId)[afterSeq - 1]?.position ?? null),
        }
      }),
    windows: ({ userId, endedSince }) =>
      ask(() =>
        CONVERSATIONS.flatMap((conversationId) => {
          const history = historyOf(conversationId)
          const all = tables.windows(userId, conversationId)
          const rows = all.filter(({ leftPosition }) => leftPosition === null || leftPosition >= endedSince)
          const isMember = rows.some(({ to }) => to === null)
          return rows.map(({ from, to, leftAt: at }) => ({
            conversationId,
            joinedSeq: from,
            leftSeq: to,
            visibleFrom: history === 'FROM_JOIN' ? from : 1,
            ...(at && !(isMember && history === 'ALL') && { left: { at, isGone: !isMember } }),
          }))
        }),
      ),
  }
  return port as Memberships
}

const historyOf = (conversationId: Uuid): Conversation['history'] =>
  conversationId === FROM_JOIN ? 'FROM_JOIN' : 'ALL'

export function historyPort({ tables }: Database, ask: Ask): History {
  const isHidden = (userId: Uuid, messageId: Uuid) => tables.hidden.has(`${userId} ${messageId}`)
  const port: Pick<History, 'byIds' | 'hidden' | 'hidesIn'> = {
    byIds: (_, ids) => ask(() => ids.flatMap((id) => tables.messages.get(id) ?? [])),
    hidden: (_, asks) => ask(() => asks.map(({ userId, messageId }) => isHidden(userId, messageId))),
    hidesIn: ({ userId, conversationId }) =>
      ask(() =>
        [...tables.messages.values()].some(
          (message) => message.conversationId === conversationId && isHidden(userId, message.id),
        ),
      ),
  }
  return port as History
}
