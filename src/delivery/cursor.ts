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

/** It goes along with every event: what it is of is signed with it, and not told in it, since whoever brings it back says that anyway. */
const VERSION = 1
const CONVERSATION_BYTES = 15
const FEED_BYTES = 17

const ofConversation = (tenantId: Uuid, conversationId: Uuid) => `conversation ${tenantId} ${conversationId}`
const ofFeed = (tenantId: Uuid) => `feed ${tenantId}`

export type Cursors = ReturnType<typeof createCursors>

export function createCursors({ seal }: { seal: Seal }) {
  function open(text: string, about: string, bytes: number): Buffer | null {
    const payload = seal.verify(text, about)
    return payload?.length === bytes && payload[0] === VERSION ? payload : null
  }

  return {
    encode(cursor: Cursor): string {
      if (cursor.kind === 'CONVERSATION') {
        const bytes = Buffer.alloc(CONVERSATION_BYTES)
        bytes.writeUInt8(VERSION)
        bytes.writeUIntBE(cursor.seq, 1, 6)
        bytes.writeBigInt64BE(cursor.position, 7)
        return seal.sign(bytes, ofConversation(cursor.tenantId, cursor.conversationId))
      }
      // One watermark: of as many database servers as there are today.
      const bytes = Buffer.alloc(FEED_BYTES)
      bytes.writeUInt8(VERSION)
      bytes.writeBigInt64BE(cursor.epoch, 1)
      bytes.writeBigInt64BE(cursor.watermark, 9)
      return seal.sign(bytes, ofFeed(cursor.tenantId))
    },

    /** Throws INVALID_INPUT for a cursor of something else, of somebody else, or tampered with. */
    conversation(text: string, of: { tenantId: Uuid; conversationId: Uuid }): ConversationCursor {
      const bytes = open(text, ofConversation(of.tenantId, of.conversationId), CONVERSATION_BYTES)
      if (!bytes) refuse('after is no cursor of this conversation')
      return { kind: 'CONVERSATION', ...of, seq: bytes.readUIntBE(1, 6), position: bytes.readBigInt64BE(7) }
    },

    feed(text: string, tenantId: Uuid): FeedCursor {
      const bytes = open(text, ofFeed(tenantId), FEED_BYTES)
      if (!bytes) refuse('after is no cursor of this feed')
      return { kind: 'FEED', tenantId, epoch: bytes.readBigInt64BE(1), watermark: bytes.readBigInt64BE(9) }
    },
  }
}

function refuse(message: string): never {
  throw new ChatError('INVALID_INPUT', { message, path: 'after' })
}
