/** Typing on its way: said by one node at most every 3 s a member, heard by each node once a conversation, over 6 s after it was said last. */
import type { Bus, Unsubscribe } from '../bus/bus.ts'
import { EVENT_VERSION, type Typing as TypingEvent, typingTopic } from '../events.ts'
import type { UserName, Uuid } from '../model.ts'
import type { Pace } from './pace.ts'
import { createTypists, type Typists } from './typists.ts'

export interface Said extends UserName {
  conversationId: Uuid
  isTyping: boolean
}

export interface Heard {
  list(): Uuid[]
  /** What he was typing has been sent, say. */
  stopped(userId: Uuid): void
  stop(): void
}

interface Conversation {
  ready: Promise<void>
  unsubscribe: Unsubscribe
  typists: Typists
  listeners: Set<() => void>
  timer: NodeJS.Timeout | null
}

export type Typing = ReturnType<typeof createTyping>

export function createTyping({ bus, pace }: { bus: Bus; pace: Pace['typing'] }) {
  const said = new Map<string, { at: number; isTyping: boolean }>()
  const conversations = new Map<string, Conversation>()

  /** The caller has found that he may. Answers until when it holds, or null when he has stopped. */
  function say({ tenantId, userId, conversationId, isTyping }: Said): Date | null {
    const key = `${conversationId} ${userId}`
    const now = Date.now()
    forgetOld(now)
    const before = said.get(key)
    // A beginning counts for the pace also when he has stopped in between; that he stops is told once.
    const isTold = isTyping ? !before || now - before.at >= pace.sayMs : (before?.isTyping ?? false)
    if (isTold) {
      said.delete(key) // to the end: the oldest stand first
      said.set(key, { at: isTyping ? now : (before?.at ?? now), isTyping })
      bus.publish(typingTopic(tenantId, conversationId), event({ tenantId, userId, conversationId, isTyping }))
    }
    return isTyping ? new Date((said.get(key)?.at ?? now) + pace.expireMs) : null
  }

  function forgetOld(now: number): void {
    for (const [key, { at }] of said) {
      if (now - at < pace.expireMs) return
      said.delete(key)
    }
  }

  /** Resolves when listening. */
  async function follow(tenantId: Uuid, conversationId: Uuid, onChange: () => void): Promise<Heard> {
    const topic = typingTopic(tenantId, conversationId)
    const own = conversations.get(topic) ?? open(topic)
    own.listeners.add(onChange)
    const stop = () => {
      if (own.listeners.delete(onChange) && !own.listeners.size) close(topic, own)
    }
    await own.ready.catch((error) => {
      stop()
      throw error
    })
    return { list: own.typists.list, stopped: (userId) => own.typists.stopped(userId) && changed(own), stop }
  }

  function open(topic: string): Conversation {
    const own: Conversation = {
      ready: Promise.resolve(),
      unsubscribe: () => undefined,
      typists: createTypists(pace.expireMs),
      listeners: new Set(),
      timer: null,
    }
    conversations.set(topic, own)
    own.ready = bus
      .subscribe(topic, (event) => {
        if (event.kind === 'TYPING') hear(own, event)
      })
      .then((unsubscribe) => {
        own.unsubscribe = unsubscribe
        if (conversations.get(topic) !== own) unsubscribe()
      })
    return own
  }

  function close(topic: string, own: Conversation): void {
    if (conversations.get(topic) === own) conversations.delete(topic)
    if (own.timer) clearTimeout(own.timer)
    own.unsubscribe()
  }

  return { say, follow }
}

function hear(own: Conversation, { userId, isTyping }: TypingEvent): void {
  const { typists } = own
  if (isTyping ? typists.typing(userId) : typists.stopped(userId)) changed(own)
  own.timer ??= awaitEnd(own)
}

function changed({ listeners }: Conversation): void {
  for (const onChange of [...listeners]) onChange()
}

function awaitEnd(own: Conversation): NodeJS.Timeout | null {
  const end = own.typists.nextEnd()
  if (end === null) return null
  return setTimeout(() => {
    if (own.typists.expire()) changed(own)
    own.timer = awaitEnd(own)
  }, end - Date.now()).unref()
}

function event({ tenantId, userId, conversationId: streamId, isTyping }: Said): TypingEvent {
  return { version: EVENT_VERSION, kind: 'TYPING', tenantId, streamId, at: new Date(), userId, isTyping }
}
