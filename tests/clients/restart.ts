/** What an example must show while its server is killed and started again: all, in order, once; pages and what is said live in one list. */
import { test as base, expect } from 'vitest'
import type { Connection } from '../../client/connection.ts'
import { createConnection } from '../../client/connection.ts'
import { freePort } from '../../scripts/services/free-port.ts'
import { createBackEnd } from '../support/actor.ts'
import { openCuttableProxy } from '../support/cuttable-proxy.ts'
import { freshDatabase } from '../support/database.ts'
import { createQueue } from '../support/queue.ts'
import { createServerKey, startServer } from '../support/server-process.ts'

interface Shown {
  older?(): Promise<void>
  close(): void
}
interface Setting {
  url: string
  token: () => string
  connection: Connection
  conversationId: string
  show(texts: string[]): void
}

export function restart(name: string, open: (setting: Setting) => Shown | Promise<Shown>): void {
  base(
    `${name}: the server is killed and started again: nothing missed, nothing twice`,
    async () => {
      await using stage = new AsyncDisposableStack()
      const database = stage.use(await freshDatabase())
      const serverKey = await createServerKey(database)
      const PORT = `${await freePort()}`
      const server = stage.use(startServer(database, { PORT }))
      const place = { url: await server.ready(), adopt: () => {} }
      const [alice, bob] = [
        await createBackEnd(serverKey, place).user('alice'),
        await createBackEnd(serverKey, place).user('bob'),
      ]
      const conversationId = await alice.begin([bob])
      const past = Array.from({ length: 25 }, (_, n) => `past ${n}`)
      for (const text of past) await alice.send(conversationId, text)

      const proxy = stage.use(await openCuttableProxy(place.url))
      const token = () => bob.token
      const connection = createConnection({ url: proxy.url, token })
      stage.defer(() => connection.close())
      const views = createQueue<string[]>(name)
      const shown = await open({
        url: proxy.url,
        token,
        connection,
        conversationId,
        show: (texts) => views.push(texts),
      })
      stage.defer(() => shown.close())
      const all = [...past]
      const seen: string[][] = []
      const untilAllIsShown = (from: number) =>
        views.next((texts) => seen.push(texts) > 0 && JSON.stringify(texts) === JSON.stringify(all.slice(from)))
      const say = async (text: string) => {
        all.push(text)
        await alice.send(conversationId, text)
      }

      const first = shown.older ? 5 : 25 // who reads no pages begins with what is said
      await untilAllIsShown(first)
      for (const text of ['live 0', 'live 1']) await say(text)
      await untilAllIsShown(first)
      proxy.tear()
      server.signal('SIGKILL')
      await server.ended()
      await stage.use(startServer(database, { PORT })).ready()
      for (const text of ['missed 0', 'missed 1']) await say(text)
      proxy.mend()
      await say('live 2')
      await untilAllIsShown(first)
      if (shown.older) {
        await shown.older()
        await untilAllIsShown(0)
      }
      await say('live 3')
      await untilAllIsShown(shown.older ? 0 : first)
      for (const texts of seen) expect(texts).toEqual(runOf(all, texts))
    },
    60_000,
  )
}

/** As long as `texts`, and without a hole. */
function runOf(all: string[], texts: string[]): string[] {
  const from = all.indexOf(texts[0] ?? '')
  return texts.length === 0 ? [] : all.slice(from, from + texts.length)
}
