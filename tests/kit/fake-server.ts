/** A WebSocket that a test holds the other end of: as the kit sees it, a server that does what the test says. */

interface Frame {
  id?: string
  type: string
  payload?: { query?: string; variables?: Record<string, unknown> }
}

export interface FakeSocket {
  /** What the kit has sent and was not taken yet. */
  readonly frames: Frame[]
  isClosed: boolean
  /** As the server answers connection_init. */
  acknowledge(): void
  send(frame: object): void
  /** Of an operation that the kit has begun: the newest whose document contains this. */
  answer(document: string, data: object): void
  ping(payload: object): void
  close(code: number, reason?: string): void
}

export function fakeServer() {
  const sockets: FakeSocket[] = []

  class FakeWebSocket {
    static CONNECTING = 0
    static OPEN = 1
    static CLOSING = 2
    static CLOSED = 3
    readyState = 0
    onopen: (() => void) | null = null
    onmessage: ((event: { data: string }) => void) | null = null
    onclose: ((event: { code: number; reason: string }) => void) | null = null
    onerror: (() => void) | null = null
    readonly own: FakeSocket

    constructor() {
      const frames: Frame[] = []
      this.own = {
        frames,
        isClosed: false,
        acknowledge: () => {
          this.readyState = 1
          this.onopen?.()
          queueMicrotask(() => this.own.send({ type: 'connection_ack' }))
        },
        send: (frame) => this.onmessage?.({ data: JSON.stringify(frame) }),
        answer: (document, data) => {
          const asked = frames.findLast(
            ({ type, payload }) => type === 'subscribe' && payload?.query?.includes(document),
          )
          if (!asked) throw new Error(`nobody has asked ${document}; asked was ${JSON.stringify(frames)}`)
          this.own.send({ id: asked.id, type: 'next', payload: { data } })
        },
        ping: (payload) => this.own.send({ type: 'ping', payload }),
        close: (code, reason = '') => this.end(code, reason),
      }
      sockets.push(this.own)
    }

    send(text: string): void {
      this.own.frames.push(JSON.parse(text) as Frame)
    }

    close(code = 1005, reason = ''): void {
      queueMicrotask(() => this.end(code, reason))
    }

    private end(code: number, reason: string): void {
      if (this.readyState === 3) return
      this.readyState = 3
      this.own.isClosed = true
      this.onclose?.({ code, reason })
    }
  }

  return { WebSocket: FakeWebSocket, sockets, last: () => sockets.at(-1) as FakeSocket }
}
