/** What each tab shows against what the server has, once all is calm. The first thing that is wrong, or null. */
import type { OpenConversation } from '../../client/api.ts'
import type { Message } from '../../client/types.ts'
import { ownConversation, ownMessage } from './shapes.ts'
import type { Tab } from './tab.ts'
import { isMember, type Said, seenBy } from './tables.ts'
import type { Truth } from './truth.ts'

export function judge(truth: Truth, tabs: readonly Tab[]): string | null {
  for (const tab of tabs) {
    const faults = [...outboxFaults(tab), ...listFaults(truth, tab)]
    for (const [id, open] of tab.opens) faults.push(...messageFaults(truth, tab, { id, open }))
    if (faults.length) return `${tab.name} ${faults[0]}`
  }
  return null
}

function outboxFaults(tab: Tab): string[] {
  return tab
    .chat()
    .outbox.get()
    .filter(({ state, error }) => state !== 'failed' || !error)
    .map(({ action, state }) => `still has a ${action.kind} that is ${state}`)
}

function listFaults(truth: Truth, tab: Tab): string[] {
  const tables = truth.tables()
  const { conversations, hasMore } = tab.chat().conversations.get()
  const all = Object.values(tables.talks).filter((talk) => isMember(talk, tab.user))
  const want = all
    .map((talk) => ownConversation(tables, talk, tab.user))
    .sort((a, b) => ((a.lastMessage ?? a).createdAt < (b.lastMessage ?? b).createdAt ? 1 : -1))
    .filter(({ id }) => !hasMore || conversations.some((shown) => shown.id === id))
    .map(({ id, viewerUnread, viewerMembership, memberCount, lastMessage }) => ({
      ...{ id, unread: viewerUnread?.messages, readSeq: viewerMembership?.own?.readSeq, memberCount },
      last: lastMessage && [lastMessage.id, lastMessage.text],
    }))
  const has = conversations.map(({ id, unread, membership, memberCount, lastMessage }) => ({
    ...{ id, unread: unread.messages, readSeq: membership?.readSeq, memberCount },
    last: lastMessage && [lastMessage.id, lastMessage.text],
  }))
  const total = tab.chat().unread.get().messages
  const sum = want.reduce((before, { unread = 0 }) => before + unread, 0)
  return [...difference('lists', has, want), ...(total === sum ? [] : [`counts ${total} unread, and there are ${sum}`])]
}

/** All that is shown, without a hole between; and to the ends, where it says that it has them. */
function messageFaults(
  truth: Truth,
  { user, chat }: Tab,
  { id, open }: { id: string; open: OpenConversation },
): string[] {
  const tables = truth.tables()
  const talk = tables.talks[id]
  const { messages, hasOlder, hasNewer, isLoading, error } = open.messages.get()
  const failed = new Set(
    chat()
      .outbox.get()
      .map((entry) => entry.id),
  )
  const echoes = messages.filter((message) => message.id === null && !failed.has(message.entryId ?? ''))
  if (echoes.length) return [`shows what is neither sent nor in the outbox: ${echoes[0]?.text}`]
  const shown = messages.filter((message) => message.id !== null)
  if (!talk || !isMember(talk, user)) return shown.length ? [`shows ${id}, of which he is no member`] : []
  if (error && !shown.length) return [] // it is told
  if (isLoading) return [`is still loading ${id}`]
  const all = seenBy(tables, talk, user)
  const begin = hasOlder ? all.findIndex((said) => said.id === shown[0]?.id) : 0
  const end = hasNewer ? all.findIndex((said) => said.id === shown.at(-1)?.id) + 1 : all.length
  const want = all.slice(Math.max(begin, 0), end).map((said) => expected(said, user))
  return difference(`shows of ${id}`, shown.map(asShown), want)
}

const expected = (said: Said, user: string) => {
  const { id, seq, text, revision, deletedAt, editedAt, reactions } = ownMessage(said, user)
  const marks = reactions.map(({ emoji, count, viewerReacted }) => `${count} ${emoji}${viewerReacted ? ' (own)' : ''}`)
  return { id, seq, text, revision, deletedAt, editedAt, marks }
}

const asShown = ({ id, seq, text, revision, deletedAt, editedAt, reactions }: Message) => {
  const marks = reactions.map(({ emoji, count, isOwn }) => `${count} ${emoji}${isOwn ? ' (own)' : ''}`)
  return { id, seq, text, revision, deletedAt, editedAt, marks }
}

/** What stands in one and not in the other. */
function difference(what: string, has: readonly object[], want: readonly object[]): string[] {
  const [shown, right] = [has, want].map((list) => list.map((each) => JSON.stringify(each)))
  if (JSON.stringify(shown) === JSON.stringify(right)) return []
  const wrong = shown?.filter((each) => !right?.includes(each)).join(' ') || 'nothing'
  const missing = right?.filter((each) => !shown?.includes(each)).join(' ') || 'nothing'
  return [`${what} ${wrong} where it should be ${missing}, of ${has.length} and ${want.length}`]
}
