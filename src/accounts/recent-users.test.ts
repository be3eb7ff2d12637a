import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { User } from '../model.ts'
import { createRecentUsers } from './recent-users.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

function stage() {
  const names = new Map([
    ['a', 'Ada'],
    ['b', 'Bob'],
  ])
  const state = { isAway: false }
  const asked: string[][] = []
  const recent = createRecentUsers({
    async byIds(tenantId, ids) {
      asked.push([...ids])
      if (state.isAway) throw new Error('away')
      return ids.flatMap((id) => (names.has(id) ? [{ tenantId, id, name: names.get(id) } as User] : []))
    },
  })
  const namesOf = async (...ids: string[]) => (await recent.byIds('t', ids)).map(({ name }) => name).sort()
  return { names, state, asked, namesOf, recent }
}

test('who was read within a second is not read again; a rename shows after it', async () => {
  const { names, asked, namesOf } = stage()
  expect(await namesOf('a')).toEqual(['Ada'])
  names.set('a', 'Countess')
  vi.advanceTimersByTime(900)
  expect(await namesOf('a', 'b')).toEqual(['Ada', 'Bob'])
  vi.advanceTimersByTime(200)
  expect(await namesOf('a')).toEqual(['Countess'])
  expect(asked).toEqual([['a'], ['b'], ['a']])
})

test('while the database is away they show as they were; who was never seen cannot be shown', async () => {
  const { state, namesOf } = stage()
  await namesOf('a')
  vi.advanceTimersByTime(60_000)
  state.isAway = true
  expect(await namesOf('a')).toEqual(['Ada'])
  await expect(namesOf('a', 'b')).rejects.toThrow('away')
})

test('one tenant’s users are not another’s, and who is not there is nobody', async () => {
  const { asked, namesOf, recent } = stage()
  await namesOf('a', 'nobody')
  await recent.byIds('other', ['a'])
  expect(asked).toEqual([['a', 'nobody'], ['a']])
})
