import { describe, expect } from 'vitest'
import type { Actor } from './support/actor.ts'
import { mutate } from './support/mutate.ts'
import { test } from './support/test-app.ts'

const mute = (actor: Actor, { id }: Actor) => mutate(actor, 'muteUser', { userId: id })

const COLLAPSED = `... on MessageSent { message { text collapsed replyTo { collapsed } } }`
type Shown = { __typename: string; message?: { text: string; collapsed: boolean; replyTo: object | null } }

async function heard(actor: Actor, conversationId: string | null, count: number): Promise<() => Promise<Shown[]>> {
  const field = conversationId ? 'conversationEvents(conversationId: $id)' : 'feed'
  const head = conversationId ? '($id: ID!)' : ''
  const frames = (await actor.socket()).subscribe(
    'shown',
    `subscription ${head} { event: ${field} { __typename ${COLLAPSED} } }`,
    { id: conversationId },
  )
  await frames.next()
  return async () => {
    const events: Shown[] = []
    while (events.filter((event) => event.message).length < count)
      events.push(((await frames.next()).payload as { data: { event: Shown } }).data.event)
    return events.filter((event) => event.message)
  }
}

describe('what somebody says whom one has blocked or muted', () => {
  test('is collapsed for him alone, live, replayed and read; quotes of it, too', async ({ alice, bob, carol }) => {
    const conversation = await carol.begin([alice, bob])
    const listening = await Promise.all([
      heard(alice, conversation, 4),
      heard(alice, null, 4),
      heard(carol, conversation, 4),
    ])
    const first = await bob.send(conversation, 'before')
    await mute(alice, bob)
    await bob.send(conversation, 'after')
    await carol.send(conversation, 'quoting', { replyToId: first.id })
    await carol.send(conversation, 'plain')
    const [live, feed, others] = await Promise.all(listening.map((read) => read()))
    const flags = (events: Shown[] | undefined) => events?.map(({ message }) => message?.collapsed)
    expect(flags(live)).toEqual([false, true, false, false])
    expect(flags(feed)).toEqual([false, true, false, false])
    expect(flags(others)).toEqual([false, false, false, false])
    expect(live?.[2]?.message?.replyTo).toEqual({ collapsed: true })
    expect(others?.[2]?.message?.replyTo).toEqual({ collapsed: false })
    const read = `{ conversation(id: "${conversation}") { messages { edges { node { text collapsed replyTo { collapsed } } } } } }`
    const collapsed = async (actor: Actor) =>
      JSON.stringify(await actor.ask(read)).match(/"collapsed":true/g)?.length ?? 0
    expect(await collapsed(alice)).toBe(3)
    expect(await collapsed(carol)).toBe(0)
    await mutate(alice, 'unmuteUser', { userId: bob.id })
    expect(await collapsed(alice)).toBe(0)
  })

  test('mentions him in vain, by name and with everybody', async ({ alice, bob, carol }) => {
    const conversation = await bob.begin([alice, carol])
    await mute(alice, bob)
    await bob.send(conversation, '@alice', { mentions: [{ kind: 'USER', userId: alice.id, start: 0, length: 6 }] })
    await bob.send(conversation, '@all', { mentions: [{ kind: 'ALL', start: 0, length: 4 }] })
    const mentions = async (actor: Actor) =>
      (await actor.ask<{ viewer: { unread: { mentions: number } } }>('{ viewer { unread { mentions } } }')).viewer
        .unread.mentions
    expect(await mentions(alice)).toBe(0)
    expect(await mentions(carol)).toBe(1)
  })
})
