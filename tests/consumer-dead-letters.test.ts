/** An event on which a consumer fails again and again is set aside, and stops nothing else; the operator has it handled, or drops it. */
import { describe, expect, test as plain } from 'vitest'
import { decodeId, newUuid } from '../src/lib/ids.ts'
import type { Consumer, Followed } from '../src/workers/consumer.ts'
import { deadLetters, dropLetter, retryLetter, setAside } from '../src/workers/dead-letters.ts'
import { followLog, TRIES } from '../src/workers/follow-log.ts'
import { forgetDeadLetters } from '../src/workers/forget-dead-letters.ts'
import { freshDatabase } from './support/database.ts'
import { settled } from './support/positions.ts'
import { runScript } from './support/script.ts'
import { createServerKey, withDatabase } from './support/server-process.ts'
import { test as base } from './support/test-app.ts'

/** Follows the log from where it is now; fails on what is marked. What it handles it writes down in the database, as a consumer does. */
const test = base.extend('following', async ({ app: { db }, alice }) => {
  const name = `consumer ${newUuid()}`
  const marked = new Set<string>()
  let fault = 'select 1 / 0'
  const consumer: Consumer & { keepsOrder?: true } = {
    name,
    async handle(tx, events) {
      for (const { subjectId, kind } of events) {
        if (kind !== 'MESSAGE_SENT') continue
        await tx.$executeRaw`insert into handled values (${name}, ${subjectId}::uuid)`
        if (marked.has(subjectId ?? '')) await tx.$executeRawUnsafe(fault)
      }
    },
  }
  await db.$executeRaw`create table if not exists handled (consumer text, message uuid, nth bigserial)`
  const place = { db, consumers: [consumer] }
  await alice.begin([]) // without any event there is no horizon to wait for
  const { pass } = followLog({ db, consumer })
  await settled(db)
  while ((await pass()) === 'more');
  await db.$executeRaw`delete from handled where consumer = ${name}`
  return {
    ...{ db, name, consumer, place, pass },
    mark: (messageId: string) => marked.add(uuidOf(messageId)),
    mend: () => marked.clear(),
    breakWith(sql: string): void {
      fault = sql
    },
    async tried(times: number) {
      await settled(db)
      for (let nth = 0; nth < times; nth++) await expect(pass()).rejects.toThrow()
    },
    async handled(): Promise<string[]> {
      const rows = await db.$queryRaw<
        { message: string }[]
      >`select message from handled where consumer = ${name} order by nth`
      return rows.map(({ message }) => message)
    },
    letters: () => deadLetters(db, { consumer: name, limit: 100 }),
  }
})

const uuidOf = (messageId: string) => decodeId('msg', messageId) ?? ''

describe('an event on which a consumer fails', () => {
  test('is set aside after some tries; what was before and after it is handled once', async ({ alice, following }) => {
    const conversationId = await alice.begin([])
    await settled(following.db)
    await following.pass()
    const said = [await alice.send(conversationId, 'one'), await alice.send(conversationId, 'marked')]
    said.push(await alice.send(conversationId, 'three'))
    following.mark(said[1]?.id ?? '')
    await following.tried(TRIES)
    expect([await following.handled(), await following.letters()]).toEqual([[], []])
    expect(await following.pass()).toBe('done')
    const [one, marked, three] = said.map(({ id }) => uuidOf(id))
    expect(await following.handled()).toEqual([one, three])
    expect(await following.letters()).toMatchObject([
      { subjectId: marked, seq: said[1]?.seq, tries: TRIES + 1, error: expect.stringContaining('division by zero') },
    ])
    const next = await alice.send(conversationId, 'next')
    await settled(following.db)
    expect(await following.pass()).toBe('done')
    expect(await following.handled()).toEqual([one, three, uuidOf(next.id)])
  })

  test('is handled after all when it is retried, once; before it is mended it stays', async ({
    app,
    alice,
    following,
  }) => {
    const { id } = await alice.send(await alice.begin([]), 'marked')
    following.mark(id)
    await following.tried(TRIES)
    await following.pass()
    const [letter] = await following.letters()
    expect(await app.parts.metrics.text()).toContain(`parley_consumer_dead_letters{consumer="${following.name}"} 1`)
    expect(await retryLetter(following.place, letter?.id ?? '')).toBe('FAILED')
    expect(await following.letters()).toMatchObject([{ id: letter?.id, tries: TRIES + 2 }])
    expect(await following.handled()).toEqual([])
    following.mend()
    expect(await retryLetter(following.place, letter?.id ?? '')).toBe('DONE')
    expect(await retryLetter(following.place, letter?.id ?? '')).toBeNull()
    expect([await following.handled(), await following.letters()]).toEqual([[uuidOf(id)], []])
    expect(await app.parts.metrics.text()).not.toContain(following.name)
  })

  test('is dropped by the operator, or when nobody has looked after it for two weeks', async ({ alice, following }) => {
    const { db, place } = following
    const conversationId = await alice.begin([])
    for (const text of ['one', 'two']) following.mark((await alice.send(conversationId, text)).id)
    await following.tried(TRIES)
    await following.pass()
    const [one, two] = await following.letters()
    expect(await dropLetter(place, one?.id ?? '')).toBe(true)
    expect(await dropLetter(place, one?.id ?? '')).toBe(false)
    const forget = forgetDeadLetters(place)
    await forget.handle({}, new AbortController().signal)
    expect(await following.letters()).toMatchObject([{ id: two?.id }])
    await db.consumerDeadLetter.update({
      where: { id: two?.id ?? '' },
      data: { at: new Date(Date.now() - 15 * 86_400_000) },
    })
    await forget.handle({}, new AbortController().signal)
    expect(await following.letters()).toEqual([])
    expect(await following.handled()).toEqual([])
  })

  test('holds back what follows in its stream where the consumer keeps order, and no other stream', async ({
    alice,
    following,
  }) => {
    following.consumer.keepsOrder = true
    const [here, elsewhere] = [await alice.begin([]), await alice.begin([])]
    const marked = await alice.send(here, 'marked')
    following.mark(marked.id)
    const behind = await alice.send(here, 'behind')
    const free = await alice.send(elsewhere, 'elsewhere')
    await following.tried(TRIES)
    await following.pass()
    const later = await alice.send(here, 'later')
    await settled(following.db)
    expect(await following.pass()).toBe('done')
    expect(await following.handled()).toEqual([uuidOf(free.id)])
    const letters = await following.letters()
    expect(letters.map(({ subjectId, error }) => [subjectId, error === null])).toEqual([
      [uuidOf(marked.id), false],
      [uuidOf(behind.id), true],
      [uuidOf(later.id), true],
    ])
    expect(await retryLetter(following.place, letters[1]?.id ?? '')).toBe('WAITS')
    following.mend()
    expect(await retryLetter(following.place, letters[0]?.id ?? '')).toBe('DONE')
    expect(await following.handled()).toEqual([free, marked, behind, later].map(({ id }) => uuidOf(id)))
    expect(await following.letters()).toEqual([])
    const last = await alice.send(here, 'last')
    await settled(following.db)
    await following.pass()
    expect((await following.handled()).at(-1)).toBe(uuidOf(last.id))
  })

  test('is not set aside while it is the database that is away', async ({ alice, following }) => {
    const { id } = await alice.send(await alice.begin([]), 'marked')
    following.mark(id)
    following.breakWith("do $$ begin raise exception 'it shuts down' using errcode = '57P01'; end $$")
    await following.tried(2 * TRIES)
    expect([await following.handled(), await following.letters()]).toEqual([[], []])
    following.mend()
    await following.pass()
    expect([await following.handled(), await following.letters()]).toEqual([[uuidOf(id)], []])
  })
})

plain(
  'an operator lists, retries and drops them as he does other dead letters',
  async () => {
    await using database = await freshDatabase()
    await createServerKey(database, 'acme')
    const event: Omit<Followed, 'seq'> = {
      ...{ tenantId: newUuid(), streamId: newUuid(), position: 1n, kind: 'MESSAGE_SENT', subjectId: newUuid() },
    }
    await withDatabase(database, (db) =>
      db.$transaction(async (tx) => {
        const { id: tenantId } = await tx.tenant.findUniqueOrThrow({ where: { slug: 'acme' } })
        const events = [1, 2].map((seq) => ({ ...event, tenantId, seq }))
        await setAside(tx, 'count-messages', events, { error: new Error('it does not work'), tries: 6 })
      }),
    )
    const run = (...args: string[]) => runScript(database, 'jobs', args)
    const listed = (await run('list')).output
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(listed).toMatchObject([
      { kind: 'count-messages', state: 'failed', error: 'it does not work', retries: 6, payload: { seq: 1 } },
      { kind: 'count-messages', payload: { seq: 2, event: 'MESSAGE_SENT' } },
    ])
    expect(await run('retry', listed[0].id)).toMatchObject({ code: 0, output: '1 events are handled\n' })
    const stray = newUuid()
    expect(await run('drop', listed[1].id, stray)).toMatchObject({
      code: 1,
      output: '1 are forgotten\n',
      complaint: '1 of 1 are no dead letters; see list\n',
    })
    expect(await run('list', '--kind', 'count-messages')).toMatchObject({ code: 0, output: '' })
    const counted = await withDatabase(database, (db) => db.tenantUsage.findMany())
    expect(counted).toMatchObject([{ messages: 1n }])
  },
  120_000,
)
