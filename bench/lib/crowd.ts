/** Many sockets that get the same: opened a few at a time, and counted together. */
import { type Greeting, type LightSocket, openLightSocket } from './light-socket.ts'

export interface Crowd extends Disposable {
  readonly sockets: readonly LightSocket[]
  /** Resolves when each of them has got so many frames more; throws when one gets less, or more. */
  each(frames: number): Promise<void>
  bytesRead(): number
}

interface CrowdOptions {
  /** Of the nth. */
  greeting(nth: number): Greeting
  count: number
  /** Called for every frame. */
  onFrame?: (nth: number) => void
}

/** So many are on their way at a time. */
const AT_A_TIME = 100
const PATIENCE_MS = 60_000
/** Of the loopback's source addresses; each has some 28,000 ports. */
const PER_ADDRESS = 5_000

export async function openCrowd({ greeting, count, onFrame }: CrowdOptions): Promise<Crowd> {
  const sockets: LightSocket[] = []
  const got = new Uint32Array(count)
  let total = 0
  let wanted = Number.POSITIVE_INFINITY
  let reached: () => void = () => {}
  let isOver = false
  let failure: Error | null = null
  let fail: (error: Error) => void = () => {}

  async function openNth(nth: number): Promise<void> {
    sockets[nth] = await openLightSocket({
      ...greeting(nth),
      localAddress: `127.0.0.${2 + Math.floor(nth / PER_ADDRESS)}`,
      onFrame() {
        got[nth] = (got[nth] ?? 0) + 1
        onFrame?.(nth)
        if (++total === wanted) reached()
      },
      onClose(reason) {
        if (isOver) return
        failure ??= new Error(`reader ${nth} was lost: ${reason}`)
        fail(failure)
      },
    })
  }

  let next = 0
  const opener = async () => {
    while (next < count) await openNth(next++)
  }
  await Promise.all(Array.from({ length: AT_A_TIME }, opener))

  return {
    sockets,
    each(frames) {
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const before = got.slice()
      const late = setTimeout(
        () => reject(new Error(`${wanted - total} of ${count * frames} frames have not come`)),
        PATIENCE_MS,
      )
      if (failure) reject(failure)
      fail = reject
      reached = resolve
      wanted = total + count * frames
      return promise
        .then(() => {
          const odd = got.findIndex((all, nth) => all - (before[nth] ?? 0) !== frames)
          if (odd >= 0) throw new Error(`reader ${odd} got ${(got[odd] ?? 0) - (before[odd] ?? 0)} frames of ${frames}`)
        })
        .finally(() => clearTimeout(late))
    },
    bytesRead: () => sockets.reduce((sum, socket) => sum + socket.bytesRead(), 0),
    [Symbol.dispose]() {
      isOver = true
      for (const socket of sockets) socket.destroy()
    },
  }
}
