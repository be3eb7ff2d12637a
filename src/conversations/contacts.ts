/**
 * First contact: a direct conversation that somebody begins with one who does not know him waits until that one answers. Who asks is not told of a
 * refusal. The rules are here, asked by access.ts and by whoever shows something of the two to each other; and the only writes of how it stands.
 */
import { type Db, sql, type Transaction } from '../db.ts'
import { ChatError } from '../errors.ts'
import type { Contact, ContactState, Conversation, UserName, Uuid } from '../model.ts'
import { type ConversationRow, conversationColumns, conversationOf } from './rows.ts'

type Place = Pick<Conversation, 'contact'>

export const isWaiting = ({ contact }: Place): boolean => contact !== null && contact.state !== 'ACCEPTED'

export const isAsking = (place: Place, userId: Uuid | null): boolean => isWaiting(place) && place.contact?.by === userId

export const isAsked = (place: Place, userId: Uuid | null): boolean => isWaiting(place) && place.contact?.to === userId

/** To who asked it waits for ever. */
export const contactSeenBy = ({ contact }: Place, userId: Uuid | null): Contact | null =>
  contact?.state === 'DECLINED' && contact.to !== userId ? { ...contact, state: 'REQUESTED' } : contact

export type Contacts = ReturnType<typeof createContacts>

export function createContacts({ db }: { db: Db }) {
  return {
    /** What others have asked him, newest first: something was said, and he has not blocked them since. */
    async page(
      { tenantId, userId }: UserName,
      state: Exclude<ContactState, 'ACCEPTED'>,
      { after, limit }: { after: Uuid | null; limit: number },
    ): Promise<Conversation[]> {
      const rows = await db.$queryRaw<ConversationRow[]>`
        select ${conversationColumns} from conversation c
        where c.tenant_id = ${tenantId}::uuid and c.contact_to = ${userId}::uuid and c.contact_state = ${state}
          and ${after === null ? sql`true` : sql`c.id < ${after}::uuid`}
          and exists (select from message m where m.tenant_id = c.tenant_id and m.conversation_id = c.id)
          and exists (select from "user" u where u.tenant_id = c.tenant_id and u.id = c.contact_by and u.erased_at is null)
          and not is_severed(c.tenant_id, c.contact_to, c.contact_by)
        order by c.id desc limit ${limit}`
      return rows.map(conversationOf)
    },

    /** Under the conversation's lock. false: it is so already. Throws STALE_WRITE for what was accepted before. */
    async answer(
      tx: Transaction,
      { tenantId, id }: Pick<Conversation, 'tenantId' | 'id'>,
      answer: 'ACCEPTED' | 'DECLINED',
    ): Promise<boolean> {
      const where = { tenantId_id: { tenantId, id } }
      const { contactState } = await tx.conversation.findUniqueOrThrow({ where, select: { contactState: true } })
      if (contactState === answer) return false
      if (contactState === 'ACCEPTED')
        throw new ChatError('STALE_WRITE', {
          message: 'It has been accepted: block the other member to hear no more of him',
        })
      await tx.conversation.update({ where, data: { contactState: answer } })
      return true
    },
  }
}
