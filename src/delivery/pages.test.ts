import { expect, test } from 'vitest'
import type { ChatEvent } from '../events.ts'
import { Hub } from './hub.ts'
import type { Log } from './log.ts'
import { createPages } from './pages.ts'
import { createRecent } from './recent.ts'

const name = { tenantId: 't', streamId: 'c' }
const said = (seq: number) => ({ kind: 'MEMBER_JOINED', ...name, seq, position: BigInt(seq) }) as ChatEvent
const turn = () => new Promise(setImmediate)

/** Of a conversation with seven events; a read ends when the test says so. Nothing of it is kept. */
function stage() {
  const from: number[] = []
  const ends: (() => void)[] = []
  const log: Pick<Log, 'after'> = {
    async after([stream]) {
      const seq = stream?.seq ?? 0
      from.push(seq)
      await new Promise<void>((resolve) => ends.push(resolve))
      return { epoch: 1n, events: Array.from({ length: 7 - seq }, (_, i) => said(seq + 1 + i)) }
    },
  }
  const pages = createPages({ log: log as Log, recent: createRecent(), lives: () => false, epoch: () => 1n })
  const hub = new Hub(name)
  hub.last = { seq: 7, position: 7n }
  return {
    ...{ from, hub },
    ask: async (seq: number) => {
      const { lives, isLast } = await pages.after(hub, { seq, isOwn: false })
      return [lives.map(({ event }) => event.seq), isLast]
    },
    end: () => ends.shift()?.(),
  }
}

test('a page that is being read serves whoever asks meanwhile and is not before it; who is reads for himself', async () => {
  const { ask, end, from } = stage()
  const [first, second] = [ask(5), ask(4)]
  await turn()
  const late = ask(6)
  const before = ask(2)
  await turn()
  expect(from).toEqual([4, 2])
  end()
  expect(await Promise.all([first, second, late])).toEqual([
    [[6, 7], true],
    [[5, 6, 7], true],
    [[7], true],
  ])
  end()
  expect(await before).toEqual([[3, 4, 5, 6, 7], true])
})

test('one that does not reach what the hub had given by then is not the last', async () => {
  const { ask, end, hub } = stage()
  const first = ask(5)
  await turn()
  hub.last = { seq: 8, position: 8n }
  const late = ask(6)
  end()
  expect(await Promise.all([first, late])).toEqual([
    [[6, 7], true],
    [[7], false],
  ])
})
