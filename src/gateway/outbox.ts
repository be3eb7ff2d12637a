/** What goes to one socket, in order: the frames of a tick are written together, in one call of the system. */
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
  readonly #socket: Socket
  readonly #flusher: Flusher
  #frames: Frame[] = []
  #bytes = 0
  #opened: (() => void)[] = []
  #patience: NodeJS.Timeout | null = null
  #isOver = false

  constructor(socket: Socket, flusher: Flusher) {
    this.#socket = socket
    this.#flusher = flusher
    socket.onDrain(() => this.#goOn())
    socket.onClose(() => {
      this.#isOver = true
      this.#frames = []
      this.#bytes = 0
      this.#goOn()
    })
  }

  /** Whether the socket keeps up. */
  get isOpen(): boolean {
    return this.#frames.length < SOFT_FRAMES && this.#bytes + this.#socket.bufferedBytes < SOFT_BYTES
  }

  add(frame: Frame): void {
    if (this.#isOver) return
    if (this.#frames.length === 0) this.#flusher.note(this)
    this.#frames.push(frame)
    this.#bytes += frame.head.length + frame.body.length
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

  /** Slow is no fault, as long as it goes on. */
  #watch(before: number): NodeJS.Timeout {
    return setTimeout(() => {
      const now = this.#socket.bufferedBytes
      if (now < before) this.#patience = this.#watch(now)
      else this.#letGo('does not read')
    }, STUCK_MS).unref()
  }

  flush(): number {
    const frames = this.#frames
    if (!frames.length) return 0
    this.#frames = []
    this.#bytes = 0
    this.#socket.write(frames)
    if (this.#socket.bufferedBytes > HARD_BYTES) this.#letGo('reads too slowly')
    if (this.#opened.length && this.isOpen) this.#goOn()
    return frames.length
  }

  close(code: number, reason: string): void {
    this.flush()
    this.#socket.close(code, reason)
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

/** Writes what came for any socket of this node in this turn of the event loop. */
export class Flusher {
  #noted: Outbox[] = []
  readonly #told: (frames: number) => void

  constructor(told: (frames: number) => void) {
    this.#told = told
  }

  note(outbox: Outbox): void {
    if (this.#noted.push(outbox) === 1) setImmediate(() => this.flush())
  }

  flush(): void {
    const noted = this.#noted
    this.#noted = []
    let frames = 0
    for (const outbox of noted) frames += outbox.flush()
    this.#told(frames)
  }
}
