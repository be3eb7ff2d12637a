import { expect, test } from 'vitest'
import { noAversionsNow } from '../../tests/support/no-aversions.ts'
import type { Access } from '../conversations/access.ts'
import { ChatError } from '../errors.ts'
import type { ChatEvent } from '../events.ts'
import type { History } from '../messages/history.ts'
import type { UserCaller } from '../model.ts'
import { conversationEvents } from './conversation-events.ts'
import { type Delivered, Live } from './delivered.ts'
import { Hub } from './hub.ts'
import type { Hubs } from './hubs.ts'
import type { Log } from './log.ts'

const name = { tenantId: 't', streamId: 'c' }
const viewer = { kind: 'USER', tenantId: 't', userId: 'u' } as UserCaller
const said = (seq: number) => new Live({ kind: 'MEMBER_JOINED', ...name, seq, position: BigInt(seq) } as ChatEvent)

function hubAt7(): Hub {
  const hub = new Hub(name)
  hub.last = { seq: 7, position: 7n }
  return hub
}

/** He comes back after seq 5. He was found a member in one life of the database; what he missed is read in `life`. */
function comesBack({ life, isStillMember, hub = hubAt7() }: { life: bigint; isStillMember: boolean; hub?: Hub }) {
  let asked = 0
  const access: Pick<Access, 'toListen'> = {
    async toListen() {
      if (asked++ > 0 && !isStillMember) throw new ChatError('NOT_FOUND')
      return {
        ...{ epoch: 1n, head: { seq: 7, position: 7n }, hidesSome: false, positionAt: 5n },
        ...{ upTo: null, from: 1, left: undefined, joined: null },
      }
    },
  }
  const hubs: Pick<Hubs, 'listen' | 'looks' | 'mayBegin' | 'leave' | 'pageAfter' | 'isCurrent' | 'lives'> = {
    listen: async () => hub,
    looks: () => 0,
    mayBegin: () => true,
    leave: () => undefined,
    pageAfter: async () => ({ epoch: life, lives: [said(6), said(7)], isLast: true }),
    isCurrent: async () => true,
    lives: () => true,
  }
  const parts = {
    access: access as Access,
    hubs: hubs as Hubs,
    history: {} as History,
    log: { isStored: async () => true } as unknown as Log,
    aversionsNow: noAversionsNow,
  }
  const after = { kind: 'CONVERSATION', tenantId: 't', conversationId: 'c', seq: 5, position: 5n } as const
  return conversationEvents(parts, { viewer, conversationId: 'c', after })
}

async function firstThree(events: ReturnType<typeof comesBack>): Promise<string[]> {
  const kinds: string[] = []
  for await (const { kind } of await events) if (kinds.push(kind) === 3) break
  return kinds
}

test('who comes back is given what he missed', async () => {
  const missed = ['SUBSCRIBED', 'EVENT', 'EVENT']
  expect(await firstThree(comesBack({ life: 1n, isStillMember: false }))).toEqual(missed)
})

test('another life of the database may have forgotten that he joined: he is asked for before anything of it is given', async () => {
  expect(await firstThree(comesBack({ life: 2n, isStillMember: false }))).toEqual(['SUBSCRIBED', 'ACCESS_REVOKED'])
  expect(await firstThree(comesBack({ life: 2n, isStillMember: true }))).toEqual(['SUBSCRIBED', 'EVENT', 'EVENT'])
})

test('those who come back to one place in one turn are told the same of it, so that it is executed once; others are not', async () => {
  const hub = hubAt7()
  const beginning = async (at: Hub) =>
    (await (await comesBack({ life: 1n, isStillMember: true, hub: at })).next()).value as Delivered
  const [one, other, elsewhere] = await Promise.all([beginning(hub), beginning(hub), beginning(hubAt7())])
  expect(one).toMatchObject({ kind: 'SUBSCRIBED', cursor: { seq: 5 } })
  expect(other).toBe(one)
  expect(elsewhere).not.toBe(one)
  await new Promise(setImmediate)
  expect(await beginning(hub)).not.toBe(one)
})
