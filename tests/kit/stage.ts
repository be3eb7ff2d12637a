/** `test` with chats of the kit that end with the test, over a way to the server that can be cut. */
import type { Chat, ChatOptions, OpenConversation } from '../../client/api.ts'
import { createChat } from '../../client/chat.ts'
import type { Readable } from '../../client/readable.ts'
import type { Actor } from '../support/actor.ts'
import { test as onStreams } from '../support/stream-app.ts'

const PATIENCE_MS = 15_000

export const test = onStreams.extend('chat', async ({ proxy }, { onCleanup }) => {
  const opened: Chat[] = []
  onCleanup(async () => {
    for (const each of opened) await each.close()
  })
  return ({ token }: Pick<Actor, 'token'>, options: Partial<ChatOptions> = {}): Chat => {
    const chat = createChat({ url: proxy.url, token: () => token, ...options })
    opened.push(chat)
    return chat
  }
})

/** Resolves with the first value that fits, the one that is there now too; rejects with the one that did not. */
export function until<T>(readable: Readable<T>, fits: (value: T) => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stop()
      reject(
        new Error(`it did not become what a test waited for; it is ${JSON.stringify(readable.get()).slice(0, 2_000)}`),
      )
    }, PATIENCE_MS)
    const look = (value: T) => {
      if (!fits(value)) return
      clearTimeout(timer)
      stop()
      resolve(value)
    }
    const stop = readable.subscribe(look)
    queueMicrotask(() => look(readable.get()))
  })
}

/** As a user reads it: the texts, and the state of what is not sent. */
export function read({ messages }: OpenConversation): string[] {
  return messages.get().messages.map(({ text, state }) => (state === 'sent' ? text : `${text} (${state})`))
}

export async function untilRead(open: OpenConversation, texts: string[]): Promise<void> {
  const wanted = JSON.stringify(texts)
  await until(open.messages, () => JSON.stringify(read(open)) === wanted)
}

/** The event of a message may be here before the answer to its send: only with that answer is nothing left to send. */
export const untilSent = (chat: Chat) => until(chat.outbox, (entries) => entries.length === 0)

export const untilStatus = (chat: Chat, ...wanted: string[]) =>
  until(chat.connection, ({ status }) => wanted.includes(status))
