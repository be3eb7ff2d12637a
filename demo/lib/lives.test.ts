import { setImmediate as turn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createLives, survive } from './lives.ts'

test('what fails as the server is killed is done again in its next life, and not before', async () => {
  const answers = Promise.withResolvers<void>()
  const lives = createLives(() => answers.promise)
  const tried: number[] = []
  const done = survive(lives, async (life) => {
    tried.push(life)
    if (life > 1) return 'done'
    void lives.restart()
    throw new Error('the connection is gone')
  })
  await turn()
  expect(tried).toEqual([1])
  answers.resolve()
  expect(await done).toBe('done')
  expect(tried).toEqual([1, 2])
})

test('what fails while the server lives stays a failure, also after a restart', async () => {
  const lives = createLives(async () => undefined)
  await lives.restart()
  await expect(survive(lives, () => Promise.reject(new Error('lost')))).rejects.toThrow('lost')
})

test('a server that does not start again fails whoever waits for it', async () => {
  const lives = createLives(() => Promise.reject(new Error('it did not start')))
  await expect(lives.restart()).rejects.toThrow('it did not start')
  await expect(survive(lives, async () => 'done')).rejects.toThrow('it did not start')
})
