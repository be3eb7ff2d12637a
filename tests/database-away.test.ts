/** The database dies under open sockets and comes back, on the same port and data: two nodes on a PostgreSQL of this file's own. */
import { expect, inject, test } from 'vitest'
import { startPostgres } from '../scripts/services/postgres.ts'
import { type App, startApp } from '../src/app.ts'
import { loadConfig } from '../src/config.ts'
import { PACE } from '../src/ephemera/pace.ts'
import { createLog } from '../src/log.ts'
import { type Actor, createActor, textOf } from './support/actor.ts'
import { CONVERSATIONS } from './support/documents.ts'
import { needs } from './support/needs.ts'
import { presenceFor } from './support/overheard.ts'
import type { Heard, Reader } from './support/reader.ts'
import { createTenant } from './support/test-app.ts'
import type { TransportSocket } from './support/transport-socket.ts'

const postgres = needs('postgres')

const SEND = `mutation ($input: SendMessageInput!) {
  sendMessage(input: $input) { __typename ... on ServiceUnavailable { retryable retryAfterMs } }
}`
const LIMITS = '{ limits { degraded pins } }'
const AWAY = { code: 'SERVICE_UNAVAILABLE', retryable: true, retryAfterMs: expect.any(Number) }
const DEGRADED = { type: 'ping', payload: { type: 'degraded', retryAfterMs: expect.any(Number) } }
const RECOVERED = { type: 'ping', payload: { type: 'recovered' } }

async function openStage(opened: AsyncDisposableStack) {
  const server = opened.use(await startPostgres({ fsync: false }))
  const env = { DATABASE_URL: await server.createDatabase('chat'), DATA_DIR: inject('database').folder }
  const SECRETS_KEY = 'a secret of tests, long enough for all'
  const config = loadConfig({ ...env, SECRETS_KEY, HOST: 'localhost', PORT: '0', DRAIN_SECONDS: '1' })
  const start = async () => {
    const app = await startApp(config, createLog('silent'), { pace: { ...PACE, everyMs: 10, leaveMs: () => 10 } })
    opened.defer(() => app.stop())
    return app
  }
  return { server, here: await start(), there: await start() }
}

let asked = 0

async function ask(on: TransportSocket, query: string, variables = {}): Promise<unknown> {
  return (await on.subscribe(`asked ${++asked}`, query, variables).next()).payload
}

const sendOn = (on: TransportSocket, conversationId: string, text: string) =>
  ask(on, SEND, { input: { conversationId, text, clientMessageId: text } })

const pingOn = (socket: TransportSocket) => socket.frames.next(({ type }) => type === 'ping')

const textsOf = (events: readonly Heard[]) =>
  events.flatMap((event) => (event.__typename === 'MessageSent' ? [event.message?.text] : []))

async function upTo(reader: Reader, text: string): Promise<void> {
  await reader.next((event) => event.__typename === 'MessageSent' && event.message?.text === text)
}

test.skipIf(postgres === null)(
  'sockets stay, what is asked is refused with when to come again, all are told; back, all goes on by itself and nothing is lost',
  async ({ skip }) => {
    if (inject('database').kind === 'pglite') return skip('it is about PostgreSQL; once is enough')
    await using opened = new AsyncDisposableStack()
    const sockets: TransportSocket[] = []
    const adopt = (socket: TransportSocket) => void sockets.push(socket)
    const { server, here, there } = await openStage(opened)
    opened.defer(() => {
      for (const socket of sockets) socket.cut()
    })
    const tenant = await createTenant(here, { adopt }, { pins: 7 })
    const [alice, bob, carol] = [await tenant.user('alice'), await tenant.user('bob'), await tenant.user('carol')]
    const at = ({ url }: App, actor: Actor) => createActor(actor, { url, adopt })
    const conversation = await alice.begin([bob])
    const readers = [
      await bob.listen(conversation),
      await bob.feed(),
      await at(there, bob).listen(conversation),
      await at(there, bob).feed(),
    ]
    const [writer, writerThere] = [await alice.socket(), await at(there, alice).socket()]
    const presence = await presenceFor(alice, { userIds: [bob.id] })
    await presence.next()
    await sendOn(writer, conversation, 'before')
    for (const reader of readers) await upTo(reader, 'before')
    const shown = (degraded: boolean) => ({ data: { limits: { degraded, pins: 7 } } })
    expect(await ask(writer, LIMITS)).toEqual(shown(false))

    await server.kill()
    for (const socket of [writer, writerThere, ...readers.map((reader) => reader.socket)])
      expect(await pingOn(socket)).toEqual(DEGRADED)
    const refused = { __typename: 'ServiceUnavailable', retryable: true, retryAfterMs: AWAY.retryAfterMs }
    for (const each of [writer, writerThere])
      expect(await sendOn(each, conversation, 'meanwhile')).toEqual({ data: { sendMessage: refused } })
    expect(await ask(writer, textOf(CONVERSATIONS), { first: 1 })).toMatchObject({ errors: [{ extensions: AWAY }] })
    expect(await ask(writer, LIMITS)).toEqual(shown(true))
    const nobody = createActor({ id: '', externalId: '', token: '' }, { url: here.url, adopt })
    expect(await nobody.ask(LIMITS)).toMatchObject({ limits: { degraded: true, pins: 50 } })
    expect((await fetch(`${here.url}/readyz`)).status).toBe(503)
    await expect(carol.socket()).rejects.toThrow(/closed with 1013 \{"code":"SERVICE_UNAVAILABLE","retryAfterMs":\d+\}/)
    await ask(readers[0]?.socket as TransportSocket, 'mutation { setPresence(input: { state: IDLE }) { __typename } }')
    for (const reader of readers.slice(1, 2)) reader.socket.close() // his other device here, which is ACTIVE
    expect(await presence.next()).toMatchObject({ users: [{ userId: bob.id, state: 'IDLE' }] })

    await server.start()
    for (const socket of [writer, writerThere]) expect(await pingOn(socket)).toEqual(RECOVERED)
    expect(await sendOn(writerThere, conversation, 'from the other node')).toMatchObject({
      data: { sendMessage: { __typename: 'SendMessagePayload' } },
    })
    await sendOn(writer, conversation, 'meanwhile') // repeated under its id
    await sendOn(writer, conversation, 'last')
    for (const reader of readers.filter((_, i) => i !== 1)) {
      await upTo(reader, 'last')
      expect(textsOf(reader.events)).toEqual(['before', 'from the other node', 'meanwhile', 'last'])
    }
    expect(await pingOn(readers[0]?.socket as TransportSocket)).toEqual(RECOVERED)
    expect(await ask(writer, LIMITS)).toEqual(shown(false))
    await expect.poll(async () => (await fetch(`${here.url}/readyz`)).status).toBe(200)
  },
  60_000,
)
