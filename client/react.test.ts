import { createElement } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import type { Chat } from './api.ts'
import { createChat } from './chat.ts'
import { ChatProvider, useConnection, useConversations, useMessages, useOutbox, useTyping, useUnread } from './react.ts'
import { share } from './share.ts'

function All(): string {
  const { status } = useConnection()
  const { conversations, isLoading } = useConversations()
  const { messages, hasOlder } = useMessages('conv')
  const shown = { status, isLoading, hasOlder, unread: useUnread().messages, entries: useOutbox().entries.length }
  return JSON.stringify({ ...shown, lists: [conversations, messages, useTyping('conv')].map(({ length }) => length) })
}

test('what is there now is rendered, before anything is opened', async () => {
  const chat = createChat({ url: 'http://127.0.0.1:1', token: () => new Promise(() => {}) }) // it never comes
  const html = renderToString(createElement(ChatProvider, { chat }, createElement(All)))
  expect(JSON.parse(html.replaceAll('&quot;', '"'))).toEqual({
    ...{ status: 'connecting', isLoading: true, hasOlder: false, unread: 0, entries: 0 },
    lists: [0, 0, 0],
  })
  await chat.close()
})

test('without a provider it is said what to do', () => {
  expect(() => renderToString(createElement(All))).toThrow('put <ChatProvider')
})

test('a conversation is open once, for as long as somebody shows it', () => {
  const opened: string[] = []
  const chat = {
    open: (id: string) => {
      opened.push(`open ${id}`)
      return { id, close: () => opened.push(`close ${id}`) }
    },
  } as unknown as Chat
  const shared = share(chat, 'a')
  expect(share(chat, 'a')).toBe(shared)
  const stops = [shared.subscribe(() => {}), shared.subscribe(() => {})]
  for (const stop of stops) stop()
  shared.subscribe(() => {})()
  expect(opened).toEqual(['open a', 'close a', 'open a', 'close a'])
})
