/**
 * What is kept of a thing when it is reported: a copy of what the reporter was shown, so that neither an edit nor a deletion takes it away. One a
 * case and revision, however many report it; each row is of one author, so that it is emptied with him.
 */
import type { Transaction } from '../db.ts'
import { createAttachments } from '../files/attachments.ts'
import { createHistory, type Revision, type Where } from '../messages/history.ts'
import type { Conversation, Message, Seen, User, Uuid } from '../model.ts'

/** In which case, and until when it is safe from being emptied. */
export interface Keeping {
  tenantId: Uuid
  caseId: Uuid
  isHeld: boolean
  at: Date
}

export interface ShownMessage {
  text: string
  mentions: Message['mentions']
  metadata: Message['metadata']
  createdAt: Date
  editedAt: Date | null
  replyToId: Uuid | null
  author: Pick<User, 'name' | 'avatarUrl'> | null
  attachments: readonly { id: Uuid; name: string; contentType: string; bytes: number }[]
  conversation: Pick<Conversation, 'id' | 'kind' | 'title'>
  /** Of what was reported: what it said before. */
  revisions: readonly Revision[]
}

export type ShownUser = Pick<User, 'externalId' | 'name' | 'avatarUrl' | 'bio' | 'statusText' | 'statusEmoji' | 'role'>

/** With a few before and after it, as many of each. */
const AROUND = 5

/** Under the conversation's lock: what is being erased just now is either still there, or not kept. */
export async function keepMessage(
  tx: Transaction,
  keeping: Keeping,
  { message, conversation, seen }: { message: Message; conversation: Conversation; seen: Seen },
): Promise<void> {
  const { tenantId } = keeping
  if (await isKept(tx, keeping, message.id, message.revision)) return
  const history = createHistory({ db: tx })
  const standsInThread = message.threadId !== null && !message.alsoInConversation
  const where: Where = { tenantId, conversationId: conversation.id, threadId: standsInThread ? message.threadId : null }
  const { messages } = await history.around(where, seen, { seq: message.seq, limit: 2 * AROUND + 1 })
  // Itself in any case: he may have deleted it for himself since he saw it.
  const shown = [message, ...messages.filter(({ id, deletedAt }) => id !== message.id && !deletedAt)]
  const users = await tx.user.findMany({
    where: { tenantId, id: { in: shown.flatMap(({ authorId }) => authorId ?? []) } },
  })
  const authors = new Map(users.map(({ id, name, avatarUrl }) => [id, { name, avatarUrl }]))
  const withFiles = shown.filter(({ attachmentCount }) => attachmentCount).map(({ id }) => id)
  const files = withFiles.length ? await createAttachments({ db: tx }).ofMessages(tenantId, withFiles) : []
  const revisions = message.revision ? await history.revisions(message, { before: null, limit: message.revision }) : []
  const content = (each: Message): ShownMessage => ({
    text: each.text,
    mentions: each.mentions,
    metadata: each.metadata,
    createdAt: each.createdAt,
    editedAt: each.editedAt,
    replyToId: each.replyToId,
    author: authors.get(each.authorId ?? '') ?? null,
    attachments: files
      .filter(({ messageId }) => messageId === each.id)
      .map(({ id, name, contentType, bytes }) => ({ id, name, contentType, bytes })),
    conversation: { id: conversation.id, kind: conversation.kind, title: conversation.title },
    revisions: each.id === message.id ? revisions : [],
  })
  const rows = shown.map((each) => ({
    subjectId: each.id,
    revision: each.revision,
    isReported: each.id === message.id,
    authorId: each.authorId,
    content: content(each),
  }))
  await keep(tx, keeping, rows)
}

/** Under the lock of his own stream. */
export async function keepUser(tx: Transaction, keeping: Keeping, userId: Uuid): Promise<void> {
  if (await isKept(tx, keeping, userId, 0)) return
  const user = await tx.user.findUnique({ where: { tenantId_id: { tenantId: keeping.tenantId, id: userId } } })
  if (!user) return
  const { externalId, name, avatarUrl, bio, statusText, statusEmoji, role } = user as User
  const content: ShownUser = { externalId, name, avatarUrl, bio, statusText, statusEmoji, role }
  await keep(tx, keeping, [{ subjectId: userId, revision: 0, isReported: true, authorId: userId, content }])
}

interface Row {
  subjectId: Uuid
  revision: number
  isReported: boolean
  authorId: Uuid | null
  content: ShownMessage | ShownUser
}

async function isKept(tx: Transaction, { tenantId, caseId }: Keeping, subjectId: Uuid, revision: number) {
  return (await tx.evidence.count({ where: { tenantId, caseId, subjectId, revision, isReported: true } })) > 0
}

/** What was around an earlier revision may be there already; that it was reported itself counts more. */
async function keep(tx: Transaction, { tenantId, caseId, isHeld, at }: Keeping, rows: readonly Row[]): Promise<void> {
  await tx.$executeRaw`
    insert into evidence (tenant_id, case_id, subject_id, revision, is_reported, author_id, taken_at, is_held, content)
    select ${tenantId}::uuid, ${caseId}::uuid, r."subjectId", r.revision, r."isReported", r."authorId", ${at}, ${isHeld}, r.content
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("subjectId" uuid, revision integer, "isReported" boolean, "authorId" uuid, content jsonb)
    on conflict (tenant_id, case_id, subject_id, revision) do nothing`
}
