/** The network of one device: sockets as a browser has them, whose frames take their time, are lost with their socket, or go nowhere. */
import type { Clock } from '../simulate/clock.ts'
import type { Random } from '../support/adversary.ts'

export interface Frame {
  id?: string
  type: string
  payload?: { query?: string; variables?: Record<string, unknown>; Authorization?: string }
}

/** As the server sees it. */
export interface Line {
  send(frame: object): void
  end(code: number, reason?: string): void
}

interface Receiver {
  receive(line: Line, frame: Frame): void
  left(line: Line): void
}

interface World {
  clock: Clock
  dice: Random
  isPeace(): boolean
  server: Receiver
  /** No server takes a connection. */
  isDown(): boolean
}

export function createNetwork({ clock, dice, isPeace, server, isDown }: World) {
  const { below, chance } = dice
  const sockets = new Set<FakeSocket>()
  let isOffline = false
  /** The page has gone: nothing of it hears anything. */
  let isGone = false

  /** In order, each after a while. */
  function pipe() {
    let free = 0
    return (work: () => void) => {
      const late = !isPeace() && chance(0.03) ? below(1_500) : 1 + below(25)
      free = Math.max(free, clock.now() + late)
      clock.after(free - clock.now(), work)
    }
  }

  class FakeSocket {
    static CONNECTING = 0
    static OPEN = 1
    static CLOSING = 2
    static CLOSED = 3
    readyState = 0
    onopen: (() => void) | null = null
    onmessage: ((event: { data: string }) => void) | null = null
    onclose: ((event: { code: number; reason: string }) => void) | null = null
    onerror: (() => void) | null = null
    /** Nothing passes, and nobody says so. */
    isDead = isOffline
    #up = pipe()
    #down = pipe()
    readonly line: Line = {
      send: (frame) => {
        const data = JSON.stringify(frame)
        this.#down(() => this.#passes() && this.onmessage?.({ data }))
      },
      end: (code, reason = '') => {
        if (code === 1006) this.#ended(code, reason)
        else this.#down(() => !this.isDead && this.#ended(code, reason))
      },
    }

    constructor() {
      sockets.add(this)
      this.#up(() => {
        if (this.readyState !== 0 || this.isDead) return
        if (isDown()) return this.#ended(1006, '')
        this.readyState = 1
        this.onopen?.()
      })
    }

    send(text: string): void {
      if (this.readyState === 1) this.#up(() => this.#passes() && server.receive(this.line, JSON.parse(text) as Frame))
    }

    close(code = 1005, reason = ''): void {
      if (this.readyState > 1) return
      this.readyState = 2
      this.#up(() => this.#ended(code, reason))
    }

    /** Cut, without a goodbye. */
    cut(): void {
      this.#ended(1006, '')
    }

    #passes(): boolean {
      return !this.isDead && this.readyState === 1
    }

    #ended(code: number, reason: string): void {
      if (!sockets.delete(this)) return
      this.readyState = 3
      server.left(this.line)
      if (!isGone) this.onclose?.({ code, reason })
    }
  }

  return {
    WebSocket: FakeSocket,
    sockets: () => [...sockets],
    isOnline: () => !isOffline,
    setOffline(now: boolean): void {
      isOffline = now
      if (now) for (const socket of sockets) socket.isDead = true
    },
    leave(): void {
      isGone = true
      for (const socket of [...sockets]) socket.cut()
    },
  }
}
