import { expect, onTestFinished, test } from 'vitest'
import { openNodes } from '../../tests/support/nodes.ts'
import { sql } from '../db.ts'
import { createLog } from '../log.ts'
import { createLookout, type Watched } from './lookout.ts'

/** Jobs of which each is due while a row says so. */
async function stage(names: readonly string[]) {
  const nodes = await openNodes({ count: 1, users: ['alice'] })
  const { db } = nodes
  const lookout = createLookout({ db })
  const stopping = new AbortController()
  const passes: string[] = []
  const answers = new Map<string, ('more' | 'done' | Error)[]>()
  const logged: string[] = []
  const logger = createLog('warn', { write: (line) => void logged.push(line) })
  const health = { suspect: () => undefined, untilBack: () => new AbortController().signal }

  const jobOf = (name: string): Watched => ({
    name,
    everyMs: 1,
    isDue: sql`exists (select from consumer_checkpoint where consumer = ${name})`,
    async pass() {
      passes.push(name)
      const answer = answers.get(name)?.shift() ?? 'done'
      if (answer instanceof Error) throw answer
      return answer
    },
  })
  const workers = names.map((name) => lookout.watch(jobOf(name), { logger, health }))
  const running = workers.map((each) => each.run(stopping.signal))
  const stop = () => {
    stopping.abort()
    return Promise.all(running)
  }
  onTestFinished(async () => {
    await stop()
    await nodes[Symbol.asyncDispose]()
  })
  const shard = 0
  return {
    ...{ db, passes, logged, workers, stop },
    answer: (name: string, ...given: ('more' | 'done' | Error)[]) => answers.set(name, given),
    due: (consumer: string) => db.consumerCheckpoint.create({ data: { consumer, shard, position: 0n } }),
    done: (consumer: string) => db.consumerCheckpoint.deleteMany({ where: { consumer } }),
    /** What passed after one look. */
    async look() {
      const before = passes.length
      await lookout.look.pass()
      await new Promise(setImmediate)
      return passes.slice(before)
    },
  }
}

test('only those pass of whom something is due, each time it is looked', async () => {
  const { look, due, done } = await stage(['a', 'b', 'c'])
  expect(await look()).toEqual([])
  await due('b')
  expect(await look()).toEqual(['b'])
  await due('a')
  expect(await look()).toEqual(['a', 'b'])
  await done('a')
  await done('b')
  expect(await look()).toEqual([])
  expect(await look()).toEqual([])
})

test('one that has more to do goes on at once, and is not asked again for it', async () => {
  const { look, due, answer } = await stage(['a', 'b'])
  await due('a')
  answer('a', 'more', 'more', 'done')
  expect(await look()).toEqual(['a', 'a', 'a'])
})

test('one that fails is tried again without a look, and the others go on', async () => {
  const { look, due, done, answer, passes, logged } = await stage(['a', 'b'])
  await due('a')
  answer('a', new Error('broken'), new Error('broken still'))
  await look()
  await done('a')
  await expect.poll(() => passes).toEqual(['a', 'a', 'a'])
  expect(logged).toHaveLength(2)
  await due('b')
  expect(await look()).toEqual(['b'])
})

test('a look that cannot be taken fails alone: whoever waits goes on waiting', async () => {
  const { db, look, due } = await stage(['a'])
  await due('a')
  await db.$executeRaw`alter table consumer_checkpoint rename to away`
  await expect(look()).rejects.toThrow()
  await db.$executeRaw`alter table away rename to consumer_checkpoint`
  expect(await look()).toEqual(['a'])
})

test('whoever waits ends at the signal, and drains without waiting for a look', async () => {
  const { stop, workers, passes, answer } = await stage(['a', 'b'])
  answer('b', 'more', 'done')
  await workers[1]?.drain()
  expect(passes).toEqual(['b', 'b'])
  await stop()
})
