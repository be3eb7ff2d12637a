import { expect, test } from 'vitest'
import { groupCommit } from './group-commit.ts'

class BadData extends Error {}

/** A database that writes when it is told to, and answers each draft in capitals. */
function controlled({ maxBatch = 100 } = {}) {
  const writes: { drafts: readonly string[]; finish: (how?: 'away' | 'forgetful') => void }[] = []
  const sizes: number[] = []
  const commit = groupCommit<string, string>({
    maxBatch,
    write: (drafts) =>
      new Promise((resolve, reject) => {
        const finish = (how?: 'away' | 'forgetful') => {
          if (how === 'away') reject(new Error('away'))
          else if (drafts.includes('bad')) reject(new BadData('bad'))
          else resolve(drafts.slice(how === 'forgetful' ? 1 : 0).map((draft) => draft.toUpperCase()))
        }
        writes.push({ drafts, finish })
      }),
    isBadData: (error) => error instanceof BadData,
    onBatch: (size) => sizes.push(size),
  })
  /** The next write, as soon as it has begun. */
  const next = async () => {
    await expect.poll(() => writes.length, { interval: 1 }).toBeGreaterThan(0)
    return writes.shift()!
  }
  return { commit, next, sizes, writes }
}

test('what is handed in within one tick is one batch, answered in order', async () => {
  const { commit, next } = controlled()
  const answers = Promise.all(['a', 'b', 'c'].map(commit))
  const { drafts, finish } = await next()
  expect(drafts).toEqual(['a', 'b', 'c'])
  finish()
  expect(await answers).toEqual(['A', 'B', 'C'])
})

test('what comes while a batch is being written makes up the next one, and no third', async () => {
  const { commit, next, writes, sizes } = controlled()
  const first = commit('a')
  const one = await next()
  const later = Promise.all(['b', 'c'].map(commit))
  expect(writes).toEqual([])
  one.finish()
  expect(await first).toBe('A')
  const other = await next()
  expect(other.drafts).toEqual(['b', 'c'])
  other.finish()
  expect(await later).toEqual(['B', 'C'])
  expect(sizes).toEqual([1, 2])
})

test('a batch is never larger than it may be, and the rest follows in order', async () => {
  const { commit, next } = controlled({ maxBatch: 2 })
  const answers = Promise.all(['a', 'b', 'c', 'd', 'e'].map(commit))
  for (const expected of [['a', 'b'], ['c', 'd'], ['e']]) {
    const { drafts, finish } = await next()
    expect(drafts).toEqual(expected)
    finish()
  }
  expect(await answers).toEqual(['A', 'B', 'C', 'D', 'E'])
})

test('a bad draft fails alone: its neighbours are written without it', async () => {
  const { commit, next } = controlled()
  const answers = Promise.allSettled(['a', 'bad', 'c'].map(commit))
  for (const expected of [['a', 'bad', 'c'], ['a'], ['bad'], ['c']]) {
    const { drafts, finish } = await next()
    expect(drafts).toEqual(expected)
    finish()
  }
  expect(await answers).toMatchObject([{ value: 'A' }, { reason: { message: 'bad' } }, { value: 'C' }])
})

test('a database that is away fails those of the batch and nobody after them', async () => {
  const { commit, next } = controlled()
  const failed = Promise.allSettled(['a', 'b'].map(commit))
  const one = await next()
  const later = commit('c')
  one.finish('away')
  expect(await failed).toMatchObject([{ reason: { message: 'away' } }, { reason: { message: 'away' } }])
  const other = await next()
  other.finish()
  expect(await later).toBe('C')
})

test('a draft that was not answered is not taken for stored', async () => {
  const { commit, next } = controlled()
  const answers = Promise.allSettled(['a', 'b'].map(commit))
  const { finish } = await next()
  finish('forgetful')
  expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
})

test('drained is when everybody has his answer, also those who came meanwhile', async () => {
  const { commit, next } = controlled()
  await commit.drain()
  const answered: string[] = []
  const hand = (draft: string) => void commit(draft).then((row) => answered.push(row))
  hand('a')
  const drained = commit.drain().then(() => [...answered])
  const one = await next()
  hand('b')
  one.finish()
  const other = await next()
  other.finish()
  expect(await drained).toEqual(['A', 'B'])
})
