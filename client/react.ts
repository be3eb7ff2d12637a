/** `@parley/client/react`: the kit's state in components. */
import {
  createContext,
  createElement,
  type ReactElement,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useSyncExternalStore,
} from 'react'
import type { Chat, OpenConversation } from './api.ts'
import { type Readable, writable } from './readable.ts'
import type { Avoided } from './safety.ts'
import { share } from './share.ts'
import type {
  ConnectionState,
  Conversation,
  ConversationList,
  ConversationPresence,
  MemberList,
  MessageList,
  OutboxEntry,
  StorageState,
  UnreadTotals,
  User,
  UserPresence,
} from './types.ts'

const ChatContext = createContext<Chat | null>(null)

export function ChatProvider({ chat, children }: { chat: Chat; children?: ReactNode }): ReactElement {
  return createElement(ChatContext.Provider, { value: chat }, children)
}

export function useChat(): Chat {
  const chat = useContext(ChatContext)
  if (!chat) throw new Error('There is no chat here: put <ChatProvider chat={createChat(…)}> around it')
  return chat
}

/** Any of the kit's values. Listens while the component is mounted. */
export function useReadable<T>(readable: Readable<T>): T {
  return useSyncExternalStore(readable.subscribe, readable.get, readable.get)
}

export const useConnection = (): ConnectionState => useReadable(useChat().connection)
export const useViewer = (): User | null => useReadable(useChat().viewer)
export const useUnread = (): UnreadTotals => useReadable(useChat().unread)
export const useAvoided = (): Avoided => useReadable(useChat().avoided)
export const useStorage = (): StorageState => useReadable(useChat().storage)

export function useConversations(): ConversationList & { loadMore: Chat['loadConversations'] } {
  const { conversations, loadConversations: loadMore } = useChat()
  return { ...useReadable(conversations), loadMore }
}

export function useContactRequests(): ConversationList & { loadMore: Chat['loadRequests'] } {
  const { requests, loadRequests: loadMore } = useChat()
  return { ...useReadable(requests), loadMore }
}

export function useConversation(id: string): Conversation | null {
  const chat = useChat()
  return useReadable(useMemo(() => chat.conversation(id), [chat, id]))
}

/** All that can be done to the open conversation, with what is shown of it. */
export function useMessages(id: string): MessageList & OpenActions {
  const open = useOpen(id)
  const list = useReadable(open?.messages ?? NO_MESSAGES)
  return useMemo(() => ({ ...list, ...actionsOf(open) }), [list, open])
}

export function useMembers(id: string): MemberList & { loadMore: OpenConversation['loadMembers'] } {
  const open = useOpen(id)
  const list = useReadable(open?.members ?? NO_MEMBERS)
  useEffect(() => void open?.loadMembers(), [open])
  return { ...list, loadMore: open?.loadMembers ?? nothing }
}

export function useTyping(id: string): readonly User[] {
  return useReadable(useOpen(id)?.typing ?? NOBODY)
}

export function useConversationPresence(id: string): ConversationPresence {
  return useReadable(useOpen(id)?.presence ?? NO_PRESENCE)
}

export function usePresence(userIds: readonly string[]): ReadonlyMap<string, UserPresence> {
  const chat = useChat()
  const names = userIds.join(' ')
  return useReadable(useMemo(() => chat.presence(names ? names.split(' ') : []), [chat, names]))
}

export function useOutbox(): { entries: readonly OutboxEntry[] } & Pick<Chat, 'retry' | 'discard'> {
  const { outbox, retry, discard } = useChat()
  return { entries: useReadable(outbox), retry, discard }
}

// ---------------------------------------------------------------- open conversations

type OpenActions = Omit<
  OpenConversation,
  'id' | 'conversation' | 'messages' | 'members' | 'typing' | 'presence' | 'close'
>

/** One for all components that show it; null until the first of them is mounted. */
function useOpen(id: string): OpenConversation | null {
  const chat = useChat()
  const shared = useMemo(() => share(chat, id), [chat, id])
  return useReadable(shared)
}

function actionsOf(open: OpenConversation | null): OpenActions {
  const soon = async () => {}
  const { loadOlder = soon, loadNewer = soon, fill = soon, showAround = soon, showNewest = soon } = open ?? {}
  const { loadMembers = soon, send = notYet, markRead = () => null, setTyping = () => {} } = open ?? {}
  return { loadOlder, loadNewer, fill, showAround, showNewest, loadMembers, send, markRead, setTyping }
}

const nothing = async () => {}
const notYet = (): never => {
  throw new Error('The conversation is opened when the component is mounted: send from an event or an effect')
}

const NO_MESSAGES = writable<MessageList>({
  messages: [],
  hasOlder: false,
  hasNewer: false,
  isLoading: true,
  error: null,
  holes: [],
})
const NO_MEMBERS = writable<MemberList>({ members: [], hasMore: true, isLoading: true })
const NOBODY = writable<readonly User[]>([])
const NO_PRESENCE = writable<ConversationPresence>({ online: 0, coverage: 'FULL', users: new Map() })
