/** Reads pages of messages, and joins them to what is held. */
import type { Connection } from '../asking.ts'
import { RequestError } from '../errors.ts'
import { MessagesDocument, type MessagesQuery, type MessagesQueryVariables } from '../generated/graphql.ts'
import { standsInConversation } from '../store/message.ts'
import type { ConversationRecord } from '../store/record.ts'
import { join, type Span, spanAt } from '../store/spans.ts'
import { putMessage, type Store } from '../store/store.ts'

const PAGE = 50

type Page = NonNullable<MessagesQuery['conversation']>['messages']
type Window = Omit<MessagesQueryVariables, 'id'>

export interface Pages {
  /** The newest ones. Only where each event since is heard. */
  newest(id: string): Promise<void>
  before(id: string, span: Span): Promise<void>
  after(id: string, span: Span): Promise<void>
  around(id: string, messageId: string): Promise<void>
}

export function createPages(store: Store, { request }: Pick<Connection, 'request'>): Pages {
  /** `known`: what the window itself says of where the page begins and ends. Answers false if what it would join was forgotten since. */
  async function read(id: string, window: Window, known: Partial<Span> = {}): Promise<boolean> {
    const record = store.record(id)
    const heardTo = record.position ?? 0
    const { generation } = record
    const { conversation } = await request(MessagesDocument, { id, ...window })
    if (!conversation) throw new RequestError('NOT_FOUND', 'There is no such conversation that you may know of')
    if (record.generation !== generation) return false
    if (record.unheldChangedAt > heardTo) return read(id, window, known)
    put(record, conversation.messages, known, heardTo)
    store.changed(id)
    return true
  }

  /** What joins nothing can be read again. */
  async function readAlone(id: string, window: Window): Promise<void> {
    while (!(await read(id, window)));
  }

  function put(record: ConversationRecord, { edges, pageInfo }: Page, known: Partial<Span>, heardTo: number): void {
    for (const { node } of edges) {
      if (record.hidden.has(node.id)) continue
      const message = putMessage(store, record, node, heardTo)
      const held = record.messages.get(node.id)
      if (!held) record.messages.set(node.id, { message, touchedAt: 0 })
    }
    const [first, last] = [edges[0]?.node.seq, edges.at(-1)?.node.seq]
    const from = pageInfo.hasPreviousPage ? (known.from ?? first ?? 0) : (known.from ?? 0)
    const to = pageInfo.hasNextPage ? (known.to ?? last ?? 0) : (known.to ?? Number.POSITIVE_INFINITY)
    record.spans = join(record.spans, {
      from,
      to: Math.max(from, to),
      startCursor: pageInfo.startCursor,
      endCursor: pageInfo.endCursor,
    })
  }

  /** A page with the outermost message of the span in its middle, where the span did not begin with a page. */
  function aroundEdge(id: string, span: Span, edge: 'first' | 'last'): Promise<void> {
    const held = [...store.record(id).messages.values()].map(({ message }) => message)
    const inside = held.filter((each) => standsInConversation(each) && spanAt([span], each.seq ?? -1))
    const message = inside.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0)).at(edge === 'first' ? 0 : -1)
    return message?.id ? readAlone(id, { around: message.id, last: PAGE }) : readAlone(id, { last: PAGE })
  }

  return {
    newest: (id) => readAlone(id, { last: PAGE }),
    around: (id, around) => readAlone(id, { around, last: PAGE }),
    async before(id, span) {
      if (span.startCursor === null) await aroundEdge(id, span, 'first')
      else await read(id, { before: span.startCursor, last: PAGE }, { to: span.from - 1 })
    },
    async after(id, span) {
      if (span.endCursor === null) await aroundEdge(id, span, 'last')
      else await read(id, { after: span.endCursor, first: PAGE }, { from: span.to + 1 })
    },
  }
}
