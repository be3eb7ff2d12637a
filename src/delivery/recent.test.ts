import { expect, test } from 'vitest'
import type { ChatEvent } from '../events.ts'
import type { Message } from '../model.ts'
import { Live } from './delivered.ts'
import { Hub } from './hub.ts'
import { createRecent } from './recent.ts'

const message = (id: string, more: Partial<Message> = {}): Message =>
  ({ id, text: id, revision: 0, deletedAt: null, metadata: null, ...more }) as Message

const live = (seq: number, of: Message | null, kind = 'MESSAGE_SENT') =>
  new Live({ kind, seq, position: BigInt(seq), tenantId: 't', message: of } as ChatEvent)

function stage({ head }: { head: number }) {
  const recent = createRecent()
  const hub = new Hub({ tenantId: 't', streamId: 's' })
  hub.last = { seq: head, position: BigInt(head) }
  const add = (each: Live) => {
    hub.last = each.place
    recent.add(hub, each)
  }
  const textsAfter = (seq: number) =>
    recent.after(hub, seq)?.map(({ event }) => ('message' in event ? (event.message?.text ?? null) : null)) ?? null
  return { recent, hub, add, textsAfter }
}

const gone = (id: string) => message(id, { text: '', deletedAt: new Date(0) })

test('what was given is there for who comes back, from the first that is kept on; before it the log must be asked', () => {
  const { add, textsAfter } = stage({ head: 4 })
  for (const seq of [5, 6, 7]) add(live(seq, message(`m${seq}`)))
  expect([4, 5, 7].map(textsAfter)).toEqual([['m5', 'm6', 'm7'], ['m6', 'm7'], []])
  expect(textsAfter(3)).toBeNull()
})

test('a message comes as it is now: what was edited or deleted does not come again', () => {
  const { add, textsAfter } = stage({ head: 0 })
  add(live(1, message('a')))
  add(live(2, message('b')))
  add(live(3, message('a', { text: 'a, better', revision: 1 }), 'MESSAGE_EDITED'))
  add(live(4, gone('b'), 'MESSAGE_DELETED'))
  expect(textsAfter(0)).toEqual(['a, better', '', 'a, better', ''])
})

test('a page goes before what is kept, and only where it joins it', () => {
  const { recent, hub, add, textsAfter } = stage({ head: 5 })
  add(live(6, message('m6')))
  recent.addPage(hub, [live(2, message('m2')), live(3, message('m3'))])
  expect(textsAfter(1)).toBeNull()
  recent.addPage(hub, [live(4, message('m4')), live(5, message('m5')), live(6, message('m6'))])
  expect(textsAfter(3)).toEqual(['m4', 'm5', 'm6'])
})

test('a page that was read before a message was deleted does not bring it back', () => {
  const { recent, hub, add, textsAfter } = stage({ head: 2 })
  add(live(3, gone('secret'), 'MESSAGE_DELETED'))
  recent.addPage(hub, [live(1, message('secret')), live(2, message('other'))])
  expect(textsAfter(0)).toEqual(['', 'other', ''])
})

test('nor does an event that is older than the rows of a page', () => {
  const { recent, hub, add, textsAfter } = stage({ head: 1 })
  add(live(2, message('secret', { text: 'edited', revision: 1 }), 'MESSAGE_EDITED'))
  recent.addPage(hub, [live(1, gone('secret'))])
  expect(textsAfter(0)?.[0]).toBe('')
})

test('what is kept is bounded, the newest stay; a hub that is forgotten has nothing', () => {
  const { recent, hub, add, textsAfter } = stage({ head: 0 })
  for (let seq = 1; seq <= 400; seq++) add(live(seq, message(`m${seq}`)))
  expect([textsAfter(99), textsAfter(100)?.length]).toEqual([null, 300])
  recent.forget(hub)
  expect(textsAfter(400)).toBeNull()
})
