/** Where a reader is, as it leaves the server: opaque, versioned, signed, and good on every node. Nothing of the viewer is in it. */
import { ChatError } from '../errors.ts'
import type { Place } from '../events.ts'
import type { Seal } from '../lib/seal.ts'
import type { Uuid } from '../model.ts'

/** Exact: the event at this seq and all before it were given. */
export interface ConversationCursor extends Place {
  kind: 'CONVERSATION'
  tenantId: Uuid
  conversationId: Uuid
}

/** All below the watermark was given, in the database's life of that name. */
export interface FeedCursor {
  kind: 'FEED'
  tenantId: Uuid
  epoch: bigint
  watermark: bigint
}

export type Cursor = ConversationCursor | FeedCursor

/** Shard 0 of as many as there are database servers: today one. */
type Wire =
  | [version: 1, 'c', tenantId: Uuid, conversationId: Uuid, seq: number, position: string]
  | [version: 1, 'f', tenantId: Uuid, epoch: string, watermarks: { 0: string }]

export type Cursors = ReturnType<typeof createCursors>

export function createCursors({ seal }: { seal: Seal }) {
  const decode = (text: string): Wire | null => {
    const payload = seal.verify(text)
    return payload?.[0] === '['.charCodeAt(0) ? (JSON.parse(payload.toString()) as Wire) : null
  }
  return {
    encode(cursor: Cursor): string {
      const wire: Wire =
        cursor.kind === 'CONVERSATION'
          ? [1, 'c', cursor.tenantId, cursor.conversationId, cursor.seq, String(cursor.position)]
          : [1, 'f', cursor.tenantId, String(cursor.epoch), { 0: String(cursor.watermark) }]
      return seal.sign(Buffer.from(JSON.stringify(wire)))
    },

    /** Throws INVALID_INPUT for a cursor of something else, of somebody else, or tampered with. */
    conversation(text: string, of: { tenantId: Uuid; conversationId: Uuid }): ConversationCursor {
      const wire = decode(text)
      if (wire?.[1] !== 'c' || wire[2] !== of.tenantId || wire[3] !== of.conversationId)
        refuse('after is no cursor of this conversation')
      return { kind: 'CONVERSATION', ...of, seq: wire[4], position: BigInt(wire[5]) }
    },

    feed(text: string, tenantId: Uuid): FeedCursor {
      const wire = decode(text)
      if (wire?.[1] !== 'f' || wire[2] !== tenantId) refuse('after is no cursor of this feed')
      return { kind: 'FEED', tenantId, epoch: BigInt(wire[3]), watermark: BigInt(wire[4][0]) }
    },
  }
}

function refuse(message: string): never {
  throw new ChatError('INVALID_INPUT', { message, path: 'after' })
}
