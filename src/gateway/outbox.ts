/** What goes to one socket, in order: the frames of a tick are written together, in one call of the system. */
import type { Flusher } from './flusher.ts'
import type { Frame, Socket } from './socket.ts'

/** Past it nothing is pushed: what comes is read from the log once the socket has drained. */
const SOFT_BYTES = 1_048_576
const SOFT_FRAMES = 1_024
/** Answers are written whatever waits. Who asks for that much and reads none of it is let go. */
const HARD_BYTES = 8 * SOFT_BYTES
/** So is who stops reading altogether. */
const STUCK_MS = 30_000
/** Retried by clients. */
const TOO_SLOW = 4510

const NOTHING = Buffer.alloc(0)

export class Outbox {
  /** Whether the socket keeps up. Known without a look at it: this is asked for every frame of every reader. */
  isOpen = true
  readonly flusher: Flusher
  readonly #socket: Socket
  #frames: Frame[] = []
  #bytes = 0
  #opened: (() => void)[] = []
  #patience: NodeJS.Timeout | null = null
  #isOver = false

  constructor(socket: Socket, flusher: Flusher) {
    this.#socket = socket
    this.flusher = flusher
    socket.onDrain(() => this.#look())
    socket.onClose(() => {
      this.#isOver = true
      this.#frames = []
      this.#bytes = 0
      this.#goOn()
    })
  }

  add(frame: Frame): void {
    if (this.#isOver) return
    if (this.#frames.length === 0) this.flusher.note(this, 1)
    this.#bytes += frame.head.length + frame.body.length
    if (this.#frames.push(frame) >= SOFT_FRAMES || this.#bytes >= SOFT_BYTES) this.isOpen = false
  }

  addText(text: string): void {
    this.add({ head: NOTHING, body: Buffer.from(text) })
  }

  /** Resolves once the socket keeps up, or is gone. */
  async whenOpen(): Promise<void> {
    while (!this.isOpen && !this.#isOver) {
      this.#patience ??= this.#watch(this.#socket.bufferedBytes)
      await new Promise<void>((resolve) => this.#opened.push(resolve))
    }
  }

  flush(): number {
    const frames = this.#frames
    if (!frames.length) return 0
    this.#frames = []
    this.#bytes = 0
    this.#socket.write(frames)
    this.#look()
    return frames.length
  }

  /** At once, after all that was added before. Answers how many frames were written. */
  writeAll(head: Buffer, bodies: readonly Buffer[]): number {
    if (this.#isOver) return 0
    if (this.#frames.length) {
      for (const body of bodies) this.add({ head, body })
      return this.flush()
    }
    this.#socket.writeAll(head, bodies)
    this.#look()
    return bodies.length
  }

  close(code: number, reason: string): void {
    this.flush()
    this.#socket.close(code, reason)
  }

  #look(): void {
    const waiting = this.#socket.bufferedBytes
    this.isOpen = waiting < SOFT_BYTES
    if (waiting > HARD_BYTES) this.#letGo('reads too slowly')
    if (this.isOpen && this.#opened.length) this.#goOn()
  }

  /** Slow is no fault, as long as it goes on. */
  #watch(before: number): NodeJS.Timeout {
    return setTimeout(() => {
      const now = this.#socket.bufferedBytes
      if (now < before) this.#patience = this.#watch(now)
      else this.#letGo('does not read')
    }, STUCK_MS).unref()
  }

  /** The close frame stands behind all that waits: who does not come to it in time is cut off by the socket. */
  #letGo(why: string): void {
    this.#socket.close(TOO_SLOW, JSON.stringify({ code: 'CONSUMER_TOO_SLOW', why, retryAfterMs: 0 }))
  }

  #goOn(): void {
    if (this.#patience) clearTimeout(this.#patience)
    this.#patience = null
    const waiting = this.#opened
    this.#opened = []
    for (const resolve of waiting) resolve()
  }
}
