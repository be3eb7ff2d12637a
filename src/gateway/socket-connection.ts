/** A socket's connection, as its session, its operations and the library know it. Classes: there are as many of them as sockets, and each would else hold functions of its own. */
import type { Origin } from '../accounts/connections.ts'
import type { SocketDevice } from '../ephemera/socket-device.ts'
import { type Limits, limitsOf } from '../limits.ts'
import type { RateLimits } from '../moderation/rate-limits.ts'
import type { Place } from './admission.ts'
import type { Closing } from './closing.ts'
import type { Connection, Entered } from './connection.ts'
import { type Asking, Operations, type Refused } from './operations.ts'
import type { Outbox } from './outbox.ts'
import type { Socket } from './socket.ts'

interface Parts {
  outbox: Outbox
  place: Place
  device: SocketDevice
  origin: Origin
  /** How an operation that is not begun is told so. */
  refusal: (refused: Refused) => object
  rateLimits: Pick<RateLimits, 'waitMs'>
}

export class SocketConnection implements Connection, Asking {
  readonly outbox: Outbox
  readonly place: Place
  readonly device: SocketDevice
  readonly origin: Origin
  readonly operations: Operations = new Operations(this)
  isClosed = false
  isLeaving = false
  entered: Entered | null = null
  /** The library's: it takes what is parsed already, too. */
  handle: (message: unknown) => Promise<void> = async () => undefined
  readonly #refusal: Parts['refusal']
  readonly #rateLimits: Parts['rateLimits']

  constructor({ outbox, place, device, origin, refusal, rateLimits }: Parts) {
    this.outbox = outbox
    this.place = place
    this.device = device
    this.origin = origin
    this.#refusal = refusal
    this.#rateLimits = rateLimits
  }

  limits(): Readonly<Limits> {
    return this.entered?.limits ?? limitsOf(null)
  }

  isAcknowledged(): boolean {
    return this.entered !== null
  }

  waitMs(): number {
    const caller = this.entered?.session.caller
    return caller?.kind === 'USER' ? this.#rateLimits.waitMs(caller) : 0
  }

  pass(message: unknown): Promise<void> {
    return this.handle(message)
  }

  async refuse(refused: Refused): Promise<void> {
    this.outbox.addText(JSON.stringify(this.#refusal(refused)))
  }

  ping(payload: object): void {
    this.outbox.addText(JSON.stringify({ type: 'ping', payload }))
  }

  close({ code, reason }: Closing): void {
    this.outbox.close(code, reason)
  }
}

/** What the library has of it. */
export class SocketOfLibrary {
  readonly protocol: string
  readonly #socket: Socket
  readonly #connection: SocketConnection

  constructor(socket: Socket, connection: SocketConnection) {
    this.protocol = socket.protocol
    this.#socket = socket
    this.#connection = connection
  }

  send(text: string): Promise<void> {
    const { outbox } = this.#connection
    outbox.addText(text)
    return outbox.whenOpen()
  }

  close(code = 1000, reason = ''): void {
    this.#connection.outbox.close(code, reason)
  }

  onMessage(handle: (text: string) => Promise<void>): void {
    const connection = this.#connection
    connection.handle = handle as SocketConnection['handle']
    this.#socket.onMessage((text) => connection.operations.handle(text))
  }
}
