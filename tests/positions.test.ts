/** Following the log by position while transactions overlap: each event once, in order; and what goes wrong without the horizon. */
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import type { Uuid } from '../src/model.ts'
import { type Random, random } from './support/adversary.ts'
import { beginGroup, type LogFixture, openLog, type Place, storedOf } from './support/log-fixture.ts'
import {
  byPosition,
  draftsJson,
  follower,
  horizonOf,
  openWriter,
  outsider,
  settled,
  shown,
  type Writer,
} from './support/positions.ts'

const ONE_AT_A_TIME = 'the embedded database runs one transaction at a time'
const isEmbedded = inject('database').kind === 'pglite'

let log: LogFixture
let tenantId: Uuid
let places: Place[]
beforeAll(async () => {
  log = await openLog()
})
beforeEach(async () => {
  const tenant = await log.tenant(1)
  tenantId = tenant.tenantId
  const [authorId] = tenant.users as [Uuid]
  places = []
  for (let i = 0; i < 4; i++)
    places.push({ tenantId, authorId, conversationId: await beginGroup(log.parts.append, tenantId, [authorId]) })
})
afterAll(() => log[Symbol.asyncDispose]())

const openReaders = () =>
  Promise.all([follower(log.db), outsider(log.db, 'the horizon'), outsider(log.db, 'the newest')])
const horizon = () => horizonOf(log.db)

test('who began early and commits late is read in his place; without the horizon he is missed', async ({ skip }) => {
  skip(isEmbedded, ONE_AT_A_TIME)
  await using early = await openWriter(log.url!)
  await using late = await openWriter(log.url!)
  const readers = await openReaders()

  await early.begin()
  const lower = await early.append(places[0]!)
  await late.begin()
  const higher = await late.append(places[1]!)
  await late.commit()
  expect(higher).toBeGreaterThan(lower)
  expect(await horizon()).toBeLessThanOrEqual(lower)
  const second = `${higher} ${places[1]!.conversationId} 2`
  for (const { pass } of readers) await pass()
  expect(readers.map(({ seen }) => seen)).toEqual([[], [], [second]])

  await early.commit()
  await settled(log.db)
  const first = `${lower} ${places[0]!.conversationId} 2`
  for (const { pass } of readers) await pass()
  expect(readers.map(({ seen }) => seen)).toEqual([[first, second], [first, second], [second]])
})

test('who had an id before he waited for the stream stands behind those he waited for', async ({ skip }) => {
  skip(isEmbedded, ONE_AT_A_TIME)
  await using early = await openWriter(log.url!)
  await using late = await openWriter(log.url!)
  const [consumer] = await openReaders()
  const [place] = places as [Place]

  await early.begin()
  const own = await early.takeId()
  await late.begin()
  const first = await late.append(place)
  const waiting = early.append(place)
  await late.commit()
  const second = await waiting
  await consumer.pass()
  expect(consumer.seen).toEqual([])
  await early.commit()
  await settled(log.db)
  await consumer.pass()

  expect(own).toBeLessThan(first)
  expect(second).toBe(first)
  expect(consumer.seen).toEqual([2, 3].map((seq) => `${first} ${place.conversationId} ${seq}`))
})

test('however transactions overlap, each event is read once, in order, and none below a horizon that was told', async ({
  skip,
}) => {
  skip(isEmbedded, ONE_AT_A_TIME)
  let missed = 0
  for (const seed of [1, 2, 3]) missed += await overlap(random(seed))
  expect(missed).toBeGreaterThan(0) // by the one that knows no horizon: so there was something to miss
})

/** Answers how many events a reader without a horizon missed. */
async function overlap({ chance, pick, next }: Random): Promise<number> {
  await using opened = new AsyncDisposableStack()
  const writers: Writer[] = []
  for (let i = 0; i < 5; i++) writers.push(opened.use(await openWriter(log.url!)))
  const readers = await openReaders()
  const start = await horizon()
  let told = start

  async function step(writer: Writer): Promise<void> {
    const state = writer.state()
    if (state.is === 'IDLE') {
      await writer.begin()
      if (chance(0.5)) await writer.takeId()
    } else if (state.is === 'OPEN') {
      const place = pick(places)
      const isHeld = writers.some((each) => isAppendedTo(each, place.conversationId))
      const appending = writer.append(place)
      if (!isHeld) await appending
    } else if (state.is === 'APPENDED') {
      if (chance(0.85)) {
        expect(state.position).toBeGreaterThanOrEqual(told)
        await writer.commit()
      } else await writer.rollback()
      await nextOn(state.stream)
    }
  }
  /** Of those who wait for the stream one has it soon, if not by now. */
  async function nextOn(stream: Uuid): Promise<void> {
    if (writers.some((each) => isAppendedTo(each, stream))) return
    const waiting = writers.map((each) => each.state()).filter((state) => state.is === 'WAITING')
    const appending = waiting.filter((state) => state.stream === stream).map((state) => state.appending)
    if (appending.length) await Promise.race(appending)
  }

  for (let i = 0; i < 150; i++) {
    const what = next()
    if (what < 0.8) await step(pick(writers))
    else if (what < 0.9) told = [told, await horizon()].reduce((one, other) => (one > other ? one : other))
    else for (const { pass } of readers) await pass()
  }
  for (const writer of writers) if (writer.state().is === 'OPEN') await writer.rollback()
  while (writers.some((each) => each.state().is === 'APPENDED'))
    for (const each of writers) if (each.state().is === 'APPENDED') await step(each)
  await settled(log.db)
  for (const { pass } of readers) await pass()

  const { events } = await storedOf(log.db, tenantId)
  const fresh = events.filter(({ position }) => position >= start) // by stream and seq
  const all = fresh.sort(byPosition).map(shown)
  const [consumer, outside, control] = readers
  expect(consumer.seen).toEqual(all)
  expect(outside.seen).toEqual(all)
  return all.length - control.seen.length
}

function isAppendedTo(writer: Writer, stream: Uuid): boolean {
  const state = writer.state()
  return state.is === 'APPENDED' && state.stream === stream
}

test('transactions that are rolled back do not move the horizon that may leave the database', async () => {
  await settled(log.db)
  const before = await horizon()
  for (let i = 0; i < 5; i++) {
    const idTaken = log.db.$transaction(async (tx) => {
      await tx.$queryRaw`select pg_current_xact_id()::text`
      throw new Error('rolled back')
    })
    await expect(idTaken).rejects.toThrow('rolled back')
  }
  expect(await horizon()).toBe(before)
})

/** In one transaction, so at one position. */
async function appendAtOnce(count: number): Promise<void> {
  await log.db.$queryRaw`select outcome from append_messages_3(${draftsJson(places[0]!, count)}::jsonb)`
}

test('a page ends at a whole position', async () => {
  const consumer = await follower(log.db)
  for (let i = 0; i < 3; i++) await appendAtOnce(600)
  await settled(log.db)
  const pages = []
  for (let answer = 'more'; answer === 'more'; ) {
    answer = await consumer.pass()
    pages.push(consumer.seen.splice(0).length)
  }
  expect(pages).toEqual([1_200, 600])
})

test('a consumer that fails is told the same again', async () => {
  const consumer = await follower(log.db)
  await appendAtOnce(3)
  await settled(log.db)
  consumer.fault = new Error('not now')
  await expect(consumer.pass()).rejects.toThrow('not now')
  consumer.fault = null
  const before = consumer.seen.splice(0)
  await consumer.pass()
  expect(consumer.seen).toEqual(before)
})

test('of nodes that follow at the same time one is told of an event', async () => {
  const consumer = await follower(log.db)
  for (let round = 1; round <= 5; round++) {
    await appendAtOnce(4)
    await settled(log.db)
    await Promise.all(Array.from({ length: 4 }, () => consumer.pass()))
    expect([consumer.seen.length, new Set(consumer.seen).size]).toEqual([4 * round, 4 * round])
  }
})

test('the horizon is told by the snapshot of the rows that it stands beside', async () => {
  // A VOLATILE function takes a newer snapshot than its query: what commits in between is below the horizon and not among the rows.
  const found = await log.db.$queryRaw`
    select p.proname as name, p.provolatile::text as volatility from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proname in ('log_base', 'log_horizon', 'log_horizon_kept') order by 1`
  expect(found).toEqual(['log_base', 'log_horizon', 'log_horizon_kept'].map((name) => ({ name, volatility: 's' })))
})
