/** One conversation that is shown: a part of its history, what others do in it, and what can be done. */
import type { OpenConversation } from './api.ts'
import type { Clock } from './environment.ts'
import { RequestError } from './errors.ts'
import { type Readable, writable } from './readable.ts'
import { messagesOf, newestSpan } from './store/message-list.ts'
import { type Span, spanAt } from './store/spans.ts'
import type { Store } from './store/store.ts'
import { keepAsking } from './sync/keep-asking.ts'
import type { Listening } from './sync/listening.ts'
import type { Members } from './sync/members.ts'
import type { Pages } from './sync/pages.ts'
import type { Action, Conversation, ConversationPresence, MessageList, OutboxEntry, User } from './types.ts'
import { view } from './view.ts'

const SCREENFUL = 20

export interface OpenOptions {
  id: string
  store: Store
  clock: Clock
  pages: Pages
  members: Members
  listening: Listening
  /** Resolves when the feed is live and this conversation has been read, if there is one. */
  known(id: string): Promise<void>
  entries(id: string): readonly OutboxEntry[]
  add(action: Action): OutboxEntry
  conversation: Readable<Conversation | null>
  typing: Readable<readonly User[]>
  presence: Readable<ConversationPresence>
  setTyping(isTyping: boolean): void
  closed(): void
}

/** `invalidate`: something of it has changed. `reload`: nothing is held of it any more. */
export interface Opened extends OpenConversation {
  invalidate(): void
  reload(): void
}

export function openConversation(options: OpenOptions): Opened {
  const { id, store, clock, pages, listening, add } = options
  const record = () => store.record(id)
  const members = options.members.of(id)
  const progress = writable<{ isLoading: boolean; error: RequestError | null }>({ isLoading: false, error: null })
  const running = new Map<string, Promise<void>>()
  /** What is shown; null: the newest. */
  let anchor: number | null = null
  let isClosed = false

  const shownSpan = (): Span | null => (anchor === null ? null : spanAt(record().spans, anchor)) ?? newestSpan(record())

  const messages = view((): MessageList => {
    const { spans, membership } = record()
    const span = membership && shownSpan() // who is no member, or never was in this life of the server, sees nothing of it
    return {
      messages: messagesOf({
        record: record(),
        span,
        entries: options.entries(id),
        viewer: store.viewer,
        avoided: store.avoided,
      }),
      hasOlder: span !== null && span.from > 0,
      hasNewer: anchor !== null && span !== null && span !== newestSpan(record()),
      holes: spans.slice(1).map((next, n) => ({ afterSeq: spans[n]?.to ?? 0, beforeSeq: next.from })),
      ...progress.get(),
    }
  })
  progress.subscribe(messages.invalidate)

  /** One of a kind at a time; what fails is told in `messages`, and may be asked for again. */
  function load(kind: string, work: () => Promise<void>): Promise<void> {
    const loading = running.get(kind) ?? run(kind, work)
    running.set(kind, loading)
    return loading
  }

  async function run(kind: string, work: () => Promise<void>): Promise<void> {
    progress.set({ isLoading: true, error: null })
    const failure = await attempt(work).catch((error: unknown) => error)
    running.delete(kind) // before it is told: two that end together must not wait for each other
    progress.set({ isLoading: running.size > 0, error: failure instanceof RequestError ? failure : null })
    if (failure !== undefined && !(failure instanceof RequestError)) throw failure
  }

  async function attempt(work: () => Promise<void>): Promise<void> {
    await options.known(id)
    await keepAsking(clock, async () => (isClosed ? undefined : work()))
  }

  /** All is heard of it from now on, and the newest page is held. */
  async function begin(): Promise<void> {
    if (record().isUnsure) await listening.begin(id)
    if (!isFilled()) await pages.newest(id)
  }

  /** A screenful is held up to now, or all there is. */
  function isFilled(): boolean {
    const span = newestSpan(record())
    return span?.to === Number.POSITIVE_INFINITY && (span.from === 0 || record().messages.size >= SCREENFUL)
  }

  const reload = () => load('newest', begin)
  void reload()

  return {
    id,
    conversation: options.conversation,
    messages,
    members: members.list,
    typing: options.typing,
    presence: options.presence,
    invalidate() {
      messages.invalidate()
      members.invalidate()
    },
    reload: () => void reload(),

    loadOlder: () =>
      load('older', async () => {
        const span = shownSpan()
        if (span && span.from > 0) await pages.before(id, span)
      }),
    loadNewer: () =>
      load('newer', async () => {
        const span = shownSpan()
        if (span && span !== newestSpan(record())) await pages.after(id, span)
      }),
    fill: ({ beforeSeq }) =>
      load(`hole ${beforeSeq}`, async () => {
        const span = spanAt(record().spans, beforeSeq)
        if (span && span.from > 0) await pages.before(id, span)
      }),
    showAround: (messageId) =>
      load(`around ${messageId}`, async () => {
        if (!record().messages.has(messageId)) await pages.around(id, messageId)
        anchor = record().messages.get(messageId)?.message.seq ?? null
        messages.invalidate()
      }),
    async showNewest() {
      anchor = null
      messages.invalidate()
      await reload()
    },
    loadMembers: () => load('members', members.load),

    send: (message) => add({ kind: 'send', message }),
    markRead(messageId) {
      const held = messages.get().messages.filter((message) => message.id !== null)
      const message = messageId === undefined ? held.at(-1) : held.find((each) => each.id === messageId)
      const { membership } = record()
      if (!message?.id || message.seq === null || !membership || message.seq <= membership.readSeq) return null
      return add({ kind: 'read', messageId: message.id, seq: message.seq })
    },
    setTyping: options.setTyping,
    close() {
      if (isClosed) return
      isClosed = true
      options.closed()
    },
  }
}
