/** Paints pictures anew, and small ones of them, each in a process of its own that is killed when it takes too long. */
import { fork } from 'node:child_process'
import { join } from 'node:path'
import { ChatError } from '../errors.ts'

export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif']

export interface Raw {
  content: Uint8Array
  contentType: string
  maxPixels: number
  thumbnailPixels: number
}

export interface Painted {
  content: Uint8Array
  width: number
  height: number
  /** A WebP. */
  thumbnail: Uint8Array
}

export type Paint = ReturnType<typeof createPaint>

/** Of one picture; what a decoder does with a bad one is not ours to foresee. */
const PAINT_MS = 20_000
const MAX_AT_ONCE = 2
const MAX_WAITING = 50
const THUMBNAIL_PIXELS = 512
const RETRY_AFTER_MS = 5_000

/** Throws INVALID_INPUT for what is no sound picture of its type, RATE_LIMITED when too many wait. */
export function createPaint() {
  let running = 0
  const waiting: (() => void)[] = []

  return async (raw: Omit<Raw, 'thumbnailPixels'>, path: string): Promise<Painted> => {
    if (running >= MAX_AT_ONCE) {
      if (waiting.length >= MAX_WAITING) throw new ChatError('RATE_LIMITED', { retryAfterMs: RETRY_AFTER_MS })
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else running++
    try {
      return await painted({ ...raw, thumbnailPixels: THUMBNAIL_PIXELS }, path)
    } finally {
      const next = waiting.shift() // takes over this place
      if (next) next()
      else running--
    }
  }
}

function painted(raw: Raw, path: string): Promise<Painted> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'picture-process.ts'), {
      env: {},
      execArgv: ['--max-old-space-size=128'],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const refuse = (why: string) =>
      reject(new ChatError('INVALID_INPUT', { message: `${path} is no picture that can be shown: ${why}`, path }))
    const timer = setTimeout(() => child.kill('SIGKILL'), PAINT_MS)
    child.once('message', (answer: Painted | { fault: string }) =>
      'fault' in answer ? refuse(answer.fault) : resolve(answer),
    )
    child.once('error', reject)
    child.once('exit', () => {
      clearTimeout(timer)
      refuse('it could not be painted') // it has been settled before, or never will be
    })
    child.send(raw, (error) => error && child.kill('SIGKILL'))
  })
}
