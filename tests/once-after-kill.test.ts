/** A server that is killed before it has answered: asked again, every mutation has been done once, whatever the moment of the kill. */
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { freePort } from '../scripts/services/free-port.ts'
import { createBackEnd } from './support/actor.ts'
import { random } from './support/adversary.ts'
import { freshDatabase } from './support/database.ts'
import { payloadOf, takesId } from './support/mutation-shapes.ts'
import { ENDS_ITS_ASKER, everyMutation, type ReadyMutation } from './support/mutations.ts'
import { createServerKey, startServer, withDatabase } from './support/server-process.ts'
import { tenantDigest } from './support/tenant-digest.ts'

const { below } = random(20_261_124)
/** When the server is killed after all was asked at once: before much has begun, while it is at it, and with some of it answered. */
const MOMENTS: Record<string, (answers: (count: number) => Promise<unknown>) => Promise<unknown>> = {
  early: () => wait(below(10)),
  amid: () => wait(10 + below(50)),
  late: (answers) => answers(1 + below(10)),
}
/** A tenant in which nothing is killed or asked twice: what the others must come to. */
const CONTROL = 'undisturbed'

/** Each answer, or null where the server was gone before. */
function askAll(mutations: readonly ReadyMutation[]) {
  const single = mutations.map(async ({ name, ask }) => ({ name, answer: await ask().catch(() => null) }))
  /** Resolves when so many have come. */
  function answers(count: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    let missing = count
    for (const each of single) void each.then(() => --missing === 0 && resolve())
    return promise
  }
  return { all: Promise.all(single), answers }
}

async function readyMutations(serverKey: string, url: string): Promise<ReadyMutation[]> {
  const backEnd = createBackEnd(serverKey, { url, adopt: () => {} })
  const [alice, bob, carol] = [await backEnd.user('alice'), await backEnd.user('bob'), await backEnd.user('carol')]
  return everyMutation({ alice, bob, carol, backEnd })
}

test('every mutation, asked again after a kill, was done once', async () => {
  await using opened = new AsyncDisposableStack()
  const database = opened.use(await freshDatabase())
  const keys = new Map<string, string>()
  for (const slug of [CONTROL, ...Object.keys(MOMENTS)]) keys.set(slug, await createServerKey(database, slug))
  const PORT = String(await freePort())
  // A session is its socket's, and that dies with the server: there is nothing to ask again.
  const gather = async (slug: string) =>
    (await readyMutations(keys.get(slug) ?? '', `http://localhost:${PORT}`)).filter(
      ({ name }) => name !== 'renewSession',
    )
  const start = async () => {
    const started = opened.use(startServer(database, { PORT }))
    await started.ready()
    return started
  }
  let server = await start()
  for (const { name, ask } of await gather(CONTROL))
    expect(await ask(), name).toMatchObject({ __typename: payloadOf(name) })

  for (const [moment, arrives] of Object.entries(MOMENTS)) {
    const mutations = await gather(moment)
    const { all, answers } = askAll(mutations)
    await arrives(answers)
    server.signal('SIGKILL')
    await server.ended()
    const before = await all
    expect(before.map(({ answer }) => answer)).toContain(null)
    server = await start()
    for (const [i, { name, answer }] of (await askAll(mutations).all).entries()) {
      const what = `${name} in ${moment}`
      // Done before the kill, nobody is left who could ask: that it was done once shows below.
      if (answer === null && ENDS_ITS_ASKER.includes(name)) continue
      expect(answer, what).toMatchObject({ __typename: payloadOf(name) })
      if (before[i]?.answer && takesId(name)) expect(answer, what).toEqual(before[i].answer)
    }
  }
  server.signal('SIGTERM')
  await server.ended()
  await withDatabase(database, async (db) => {
    const control = await tenantDigest(db, CONTROL)
    expect(control).toMatchObject({ 'streams with a hole': 0, 'events MESSAGE_EDITED': 1 })
    for (const moment of Object.keys(MOMENTS)) expect(await tenantDigest(db, moment), moment).toEqual(control)
  })
}, 120_000)
