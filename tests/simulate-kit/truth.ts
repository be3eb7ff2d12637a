/** The server's truth: what is said and done, each thing once, with what the log says of it. */
import type { Clock } from '../simulate/clock.ts'
import { Refusal } from './refusal.ts'
import { allRows, emptyTables, isMember, type Row, type Said, type Tables, type Talk } from './tables.ts'

export type Truth = ReturnType<typeof createTruth>

export function createTruth(clock: Clock, told: (rows: Row[]) => void) {
  let tables: Tables = emptyTables()
  let backup = structuredClone(tables)
  let life = 1
  let ids = 0
  let lastAt = 0
  let rows: Row[] = []
  /** In any life. */
  const taken = new Set<string>()

  /** No two things are said in the same moment: lists that are ordered by time have one order. */
  function moment(): string {
    lastAt = Math.max(lastAt + 1, clock.date().getTime())
    return new Date(lastAt).toISOString()
  }

  type About = Partial<Pick<Row, 'messageId' | 'conversationId' | 'userId' | 'detail'>>
  function record(stream: string, type: Row['type'], actorId: string | null, about: About = {}): Row {
    const log = tables.talks[stream]?.log ?? tables.own[stream] ?? []
    const place = { id: `e${++ids}`, stream, seq: (log.at(-1)?.seq ?? 0) + 1, position: ++tables.position }
    const row: Row = {
      ...place,
      type,
      actorId,
      messageId: null,
      conversationId: null,
      userId: null,
      detail: '',
      ...about,
    }
    log.push(row)
    rows.push(row)
    return row
  }

  function change<T>(work: () => T): T {
    rows = []
    const result = work()
    if (rows.length) told(rows)
    return result
  }

  const talkOf = (id: string, user: string): Talk => {
    const talk = tables.talks[id]
    if (!talk || !isMember(talk, user)) throw new Refusal('NOT_FOUND')
    return talk
  }

  function messageOf(id: string, user: string): { talk: Talk; message: Said } {
    const talk = Object.values(tables.talks).find(({ messages }) => messages.some((message) => message.id === id))
    const message = talk?.messages.find((each) => each.id === id)
    if (!talk || !message || !isMember(talk, user) || tables.hidden[user]?.includes(id)) throw new Refusal('NOT_FOUND')
    return { talk, message }
  }

  /** Asked again under its id it answers the same, and changes nothing. */
  function once(user: string, clientId: string, work: () => string | null): string | null {
    const key = `${user} ${clientId}`
    const known = tables.done[key]
    if (known !== undefined) return known
    return change(() => {
      const result = work()
      tables.done[key] = result
      taken.add(key)
      return result
    })
  }

  function alive(id: string, user: string) {
    const found = messageOf(id, user)
    if (found.message.deletedAt !== null) throw new Refusal('STALE_WRITE')
    return found
  }

  return {
    tables: () => tables,
    life: () => life,
    isStored: (eventId: string) => allRows(tables).some(({ id }) => id === eventId),

    begin(id: string, members: readonly string[]): void {
      tables.talks[id] = { id, createdAt: moment(), log: [], messages: [], members: {} }
      for (const user of members) this.join(id, user)
    },
    join: (id: string, user: string) =>
      change(() => {
        const talk = tables.talks[id]
        if (!talk || isMember(talk, user)) return
        const { seq } = record(id, 'MemberJoined', null, { userId: user })
        const before = talk.members[user]
        talk.members[user] = { readSeq: seq, windows: [...(before?.windows ?? []), { from: seq, to: null }] }
        record(user, 'ConversationJoined', null, { conversationId: id })
      }),
    leave: (id: string, user: string) =>
      change(() => {
        const talk = tables.talks[id]
        const window = talk?.members[user]?.windows.at(-1)
        if (!talk || !window || window.to !== null) return
        window.to = record(id, 'MemberLeft', null, { userId: user }).seq
        record(user, 'ConversationLeft', null, { conversationId: id })
      }),

    send: (user: string, where: string, { clientId, text }: { clientId: string; text: string }) =>
      once(user, clientId, () => {
        const talk = talkOf(where, user)
        if (text.startsWith('refused')) throw new Refusal('MESSAGE_REJECTED')
        const id = `m${++ids}`
        const { seq } = record(where, 'MessageSent', user, { messageId: id })
        const own = talk.members[user]
        if (own) own.readSeq = seq
        const unchanged = { editedAt: null, deletedAt: null, revision: 0, reactions: [] }
        const who = { conversationId: where, clientMessageId: clientId, authorId: user }
        talk.messages.push({ id, seq, ...who, text, createdAt: moment(), ...unchanged })
        return id
      }),
    edit: (user: string, id: string, { clientId, text }: { clientId: string; text: string }) =>
      once(user, clientId, () => {
        const { talk, message } = alive(id, user)
        if (message.authorId !== user) throw new Refusal('FORBIDDEN')
        if (message.text === text) return id
        Object.assign(message, { text, editedAt: moment(), revision: message.revision + 1 })
        record(talk.id, 'MessageEdited', user, { messageId: id })
        return id
      }),
    remove: (user: string, id: string, { clientId, isForAll }: { clientId: string; isForAll: boolean }) =>
      once(user, clientId, () => {
        // NOTE: of one's own log nothing is told again after a resync, and what another tab hides meanwhile is not known: it is not played.
        if (!isForAll && life > 1) throw new Refusal('FORBIDDEN')
        const { talk, message } = isForAll ? alive(id, user) : messageOf(id, user)
        if (isForAll && message.authorId !== user) throw new Refusal('FORBIDDEN')
        if (isForAll) {
          Object.assign(message, { text: '', deletedAt: moment(), reactions: [] })
          record(talk.id, 'MessageDeleted', user, { messageId: id })
        } else {
          tables.hidden[user]?.push(id)
          record(user, 'MessageHidden', user, { messageId: id, conversationId: talk.id })
        }
        return isForAll ? id : null
      }),
    react: (user: string, id: string, { clientId, emoji, isOn }: { clientId: string; emoji: string; isOn: boolean }) =>
      once(user, clientId, () => {
        const { talk, message } = alive(id, user)
        const known = message.reactions.find((reaction) => reaction.emoji === emoji)
        if ((known?.userIds.includes(user) ?? false) === isOn) return id
        const others = (known?.userIds ?? []).filter((each) => each !== user)
        const reaction = { emoji, userIds: isOn ? [...others, user] : others }
        const list = known
          ? message.reactions.map((each) => (each === known ? reaction : each))
          : [...message.reactions, reaction]
        message.reactions = list.filter(({ userIds }) => userIds.length > 0)
        record(talk.id, isOn ? 'ReactionAdded' : 'ReactionRemoved', user, { messageId: id, detail: emoji })
        return id
      }),
    read: (user: string, id: string, clientId: string) =>
      once(user, clientId, () => {
        const { talk, message } = messageOf(id, user)
        const own = talk.members[user]
        if (!own || own.readSeq >= message.seq) return null
        own.readSeq = message.seq
        record(user, 'ReadMarked', user, { conversationId: talk.id, detail: String(message.seq) })
        return null
      }),

    backUp(): void {
      backup = structuredClone(tables)
    },
    /** Another life of the database: all since the backup is gone. */
    restore(): void {
      tables = structuredClone(backup)
      life++
    },
    wasTaken: (user: string, clientId: string): boolean => taken.has(`${user} ${clientId}`),
  }
}
