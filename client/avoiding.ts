/** Whom one wants nothing of: blocked or muted, and taken back. */
import type { Chat } from './api.ts'
import type { Connection } from './asking.ts'
import { BlockUserDocument, MuteUserDocument, UnblockUserDocument, UnmuteUserDocument } from './generated/graphql.ts'
import { accepted } from './outbox/accepted.ts'
import { newId } from './outbox/entry.ts'
import type { Avoided } from './safety.ts'
import { avoid } from './store/avoid.ts'
import type { Refresher } from './store/refresher.ts'
import type { Store } from './store/store.ts'
import { untilAnswered } from './until-answered.ts'

interface Options {
  store: Store
  connection: Pick<Connection, 'request'>
  refresher: Refresher
  random: () => number
}

type Avoiding = Pick<Chat, 'block' | 'unblock' | 'mute' | 'unmute'>
type Ask = (input: { userId: string; clientMutationId: string }) => Promise<unknown>

export function createAvoiding({ store, connection: { request }, refresher, random }: Options): Avoiding {
  async function change(userId: string, kind: keyof Avoided, isSo: boolean, ask: Ask): Promise<void> {
    const { avoidedHeard } = store
    const input = { userId, clientMutationId: newId(random) }
    await untilAnswered(() => ask(input))
    // What was heard meanwhile is newer, and what is still to be heard tells the rest.
    if (store.avoidedHeard === avoidedHeard) avoid(store, kind, userId, isSo, refresher)
  }

  return {
    block: (userId) =>
      change(userId, 'blocked', true, async (input) =>
        accepted((await request(BlockUserDocument, { input })).blockUser, 'BlockUserPayload'),
      ),
    unblock: (userId) =>
      change(userId, 'blocked', false, async (input) =>
        accepted((await request(UnblockUserDocument, { input })).unblockUser, 'UnblockUserPayload'),
      ),
    mute: (userId) =>
      change(userId, 'muted', true, async (input) =>
        accepted((await request(MuteUserDocument, { input })).muteUser, 'MuteUserPayload'),
      ),
    unmute: (userId) =>
      change(userId, 'muted', false, async (input) =>
        accepted((await request(UnmuteUserDocument, { input })).unmuteUser, 'UnmuteUserPayload'),
      ),
  }
}
