/**
 * What a hub knows of messages that its events quote: when they were said, and whether anything hangs on them. It holds for as long as the hub follows:
 * what comes to hang on one later comes through the hub.
 */
import type { Message, Uuid } from '../model.ts'

export interface Quoted {
  seq: number
  /** It quotes, or is of a thread, or has one. */
  namesOthers: boolean
}

const MOST = 300
/** Of one message. */
const MOST_HIDING = 1_000

/** Later than any reader's time: nobody is told that it is from before his. */
const UNKNOWN = Number.POSITIVE_INFINITY

export class Quotes {
  /** null for none: most hubs of a node are followed and quiet. */
  #known: Map<Uuid, Quoted> | null = null
  /** Who was found to have deleted it for himself: that stays so. Of known ones only. */
  #hiding: Map<Uuid, Set<Uuid>> | null = null

  of(messageId: Uuid): Quoted | undefined {
    return this.#known?.get(messageId)
  }

  /** As it was read just now. What the hub has brought meanwhile is newer. */
  learn({ id, seq, ...message }: Message): void {
    if (!this.#known?.has(id)) this.#set(id, { seq, namesOthers: namesAnother(message) })
  }

  isHiddenFrom(userId: Uuid, messageId: Uuid): boolean {
    return this.#hiding?.get(messageId)?.has(userId) ?? false
  }

  learnHidden(userId: Uuid, messageId: Uuid): void {
    if (!this.#known?.has(messageId)) return
    this.#hiding ??= new Map()
    const hiding = this.#hiding.get(messageId) ?? new Set()
    if (hiding.size < MOST_HIDING) this.#hiding.set(messageId, hiding.add(userId))
  }

  /** As an event of the hub tells. */
  hear({ id, seq, threadId, replyToId, hasThread }: Message): void {
    this.#set(id, { seq, namesOthers: namesAnother({ threadId, replyToId, hasThread }) })
    if (threadId !== null) this.#set(threadId, { seq: this.#known?.get(threadId)?.seq ?? UNKNOWN, namesOthers: true })
    const quoted = replyToId === null ? undefined : this.#known?.get(replyToId)
    if (replyToId !== null && quoted) this.#set(replyToId, quoted) // what is quoted once is quoted again: it is kept the longer
  }

  #set(id: Uuid, quoted: Quoted): void {
    this.#known ??= new Map()
    this.#known.delete(id)
    this.#known.set(id, quoted)
    if (this.#known.size <= MOST) return
    const [oldest] = this.#known.keys()
    if (oldest === undefined) return
    this.#known.delete(oldest)
    this.#hiding?.delete(oldest)
  }
}

export const namesAnother = ({
  replyToId,
  threadId,
  hasThread,
}: Pick<Message, 'replyToId' | 'threadId' | 'hasThread'>): boolean =>
  replyToId !== null || threadId !== null || hasThread
