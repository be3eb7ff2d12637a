/** One storm: all readers are cut off, much is said meanwhile, and all come back at once, each with the cursor that he had. */
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { newUuid } from '../../src/lib/ids.ts'
import { initFrame, openAsker, PROTOCOL, subscribeFrame } from '../lib/asker.ts'
import { cpuSecondsOfTree } from '../lib/cpu.ts'
import { openCrowd } from '../lib/crowd.ts'
import { BODY, EVENTS, SEND } from '../lib/documents.ts'
import { type Greeting, openLightSocket } from '../lib/light-socket.ts'
import type { Taken } from '../lib/statements.ts'
import type { Stage } from './stage.ts'

export interface Storm {
  /** From the connect of each to the last event that it had missed, in ascending order. */
  ms: readonly number[]
  /** Statements that read events out of the log, for conversations and pages. */
  pageReads: number
  /** All that was asked of the log, and all that was asked at all, save what a node without readers asks too. */
  logReads: number
  statements: number
  cpuSeconds: number
}

const FORGETTING_MS = 60_000
/** The tail has passed with nobody there. */
const QUIET_MS = 2_500
const STORM_MS = 120_000

export async function storm(stage: Stage, behind: number): Promise<Storm> {
  const cursors = await cursorsOfAll(stage)
  await say(stage, behind)
  await untilForgotten(stage)
  await stage.statements.taken()
  await delay(QUIET_MS)
  const background = await stage.statements.taken()
  const cpu = () => stage.nodes.flatMap(({ pids }) => pids).reduce((sum, pid) => sum + cpuSecondsOfTree(pid), 0)
  const startCpu = cpu()
  const ms = await comeBack(
    cursors.map((cursor, nth) => greetingOf(stage, nth, cursor)),
    behind,
  )
  return { ms, cpuSeconds: cpu() - startCpu, ...readsIn(await stage.statements.taken(), background) }
}

/** Each conversation's readers are spread over all nodes. */
function greetingOf({ nodes, readers, conversationIds }: Stage, nth: number, after: string | null): Greeting {
  const variables = { id: conversationIds[nth % conversationIds.length], ...(after && { after }) }
  return {
    url: nodes[Math.floor(nth / conversationIds.length) % nodes.length]?.url ?? '',
    protocol: PROTOCOL,
    steps: [[initFrame(readers[nth]?.token ?? '')], [subscribeFrame(randomUUID(), EVENTS, variables)]],
  }
}

/** All connect, learn where they are, and are cut off. */
async function cursorsOfAll(stage: Stage): Promise<string[]> {
  using crowd = await openCrowd({ count: stage.readers.length, greeting: (nth) => greetingOf(stage, nth, null) })
  return crowd.sockets.map(({ greeted }) => {
    const cursor = /"cursor":"([^"]+)"/.exec(greeted)?.[1]
    if (!cursor) throw new Error(`expected a place to go on from, not ${greeted}`)
    return cursor
  })
}

/** The same number in each conversation, all conversations at once. */
async function say({ nodes, author, conversationIds }: Stage, behind: number): Promise<void> {
  using asker = await openAsker(nodes[0]?.url ?? '', author.token)
  for (let nth = 0; nth < behind; nth++)
    await asker.ask(
      SEND,
      conversationIds.map((conversationId) => ({ input: { conversationId, text: BODY, clientMessageId: newUuid() } })),
    )
}

/** What a node keeps of conversations that somebody reads would answer for the log: it lets go of them some time after the last reader has gone. */
async function untilForgotten({ nodes }: Stage): Promise<void> {
  const deadline = performance.now() + FORGETTING_MS
  for (const node of nodes) {
    while ((await node.metric('parley_hubs')) > 0) {
      if (performance.now() > deadline) throw new Error('a node still follows conversations that nobody reads')
      await delay(500)
    }
  }
}

async function comeBack(greetings: readonly Greeting[], behind: number): Promise<number[]> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const late = setTimeout(
    () => reject(new Error(`${greetings.length - all.length} have not got what they missed`)),
    STORM_MS,
  )
  const all: number[] = []
  const opening = greetings.map((greeting) => {
    const start = performance.now()
    let missing = behind
    return openLightSocket({
      ...greeting,
      onFrame() {
        if (--missing === 0) all.push(performance.now() - start)
        if (all.length === greetings.length) resolve()
      },
      onClose: (reason) => reject(new Error(`a reader was lost: ${reason}`)),
    })
  })
  try {
    const [sockets] = await Promise.all([Promise.all(opening), promise])
    for (const socket of sockets) socket.destroy()
    return all.toSorted((one, other) => one - other)
  } finally {
    clearTimeout(late)
  }
}

/** A text that a node asks with nobody there is not the storm's. */
function readsIn({ byText }: Taken, background: Taken): Pick<Storm, 'pageReads' | 'logReads' | 'statements'> {
  const own = [...byText].filter(([text]) => !background.byText.get(text))
  const calls = (wanted: (text: string) => boolean) =>
    own.filter(([text]) => wanted(text)).reduce((sum, [, number]) => sum + number, 0)
  return {
    pageReads: calls((text) => /\blog_event\b[\s\S]*\bjoin message\b/.test(text)),
    logReads: calls((text) => /\blog_event\b/.test(text)),
    statements: calls(() => true),
  }
}
