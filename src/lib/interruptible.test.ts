import { expect, test, vi } from 'vitest'
import { Interruptible } from './interruptible.ts'

async function* counting(until = 3) {
  for (let n = 0; n < until; n++) yield n
}

/** Waits for ever, until it is told to return. */
function silent() {
  const returned = vi.fn(async () => ({ done: true as const, value: undefined }))
  return { returned, source: { next: () => new Promise<never>(() => {}), return: returned } }
}

test('brings what its source brings, and ends with it', async () => {
  const onEnd = vi.fn()
  const iterator = new Interruptible(counting(), onEnd)
  expect(await Array.fromAsync(iterator)).toEqual([0, 1, 2])
  expect(onEnd).toHaveBeenCalledTimes(1)
})

test('who waits gets the error at once, and the source is let go', async () => {
  const { source, returned } = silent()
  const onEnd = vi.fn()
  const iterator = new Interruptible(source, onEnd)
  const waiting = iterator.next()
  iterator.interrupt(new Error('over'))
  iterator.interrupt(new Error('again'))
  await expect(waiting).rejects.toThrow('over')
  expect(await iterator.next()).toEqual({ done: true, value: undefined })
  expect(returned).toHaveBeenCalledTimes(1)
  expect(onEnd).toHaveBeenCalledTimes(1)
})

test('who is busy with a value gets the error next', async () => {
  const iterator = new Interruptible(counting(), () => {})
  await iterator.next()
  iterator.interrupt(new Error('over'))
  await expect(iterator.next()).rejects.toThrow('over')
  expect(await iterator.next()).toEqual({ done: true, value: undefined })
})

test('after its return nothing interrupts it', async () => {
  const iterator = new Interruptible(counting(), () => {})
  await iterator.return?.()
  iterator.interrupt(new Error('over'))
  expect(await iterator.next()).toEqual({ done: true, value: undefined })
})
