/** A subscription as a journey reads it: event by event, with the cursor of the newest one read. */
import type { HeardFragment } from './generated/graphql.ts'
import type { Frame, TransportSocket } from './transport-socket.ts'

export type Heard = HeardFragment

export interface Reader {
  readonly socket: TransportSocket
  /** All that was read, Subscribed too. */
  readonly events: readonly Heard[]
  /** Of the newest event that was read. */
  readonly cursor: string
  /** The next event, or the next that fits: those before it are read and passed over. Rejects when the operation ends. */
  next(fits?: (event: Heard) => boolean): Promise<Heard>
  take(count: number): Promise<Heard[]>
  /** What has come and was not read yet. */
  rest(): Heard[]
  /** Reads on to the operation's last frame: `complete`, or `error`. */
  ended(): Promise<Frame>
  /** Ends the operation; resolves when the server knows. */
  stop(): Promise<void>
}

let opened = 0

/** Resolves when Subscribed was read; rejects when the subscription is refused. */
export async function openReader(socket: TransportSocket, query: string, variables: object): Promise<Reader> {
  const id = `reader ${++opened}`
  const frames = socket.subscribe(id, query, variables)
  const events: Heard[] = []

  function read(frame: Frame): Heard {
    const { data, errors } = (frame.payload ?? {}) as { data?: Record<string, Heard>; errors?: unknown }
    const [event] = Object.values(data ?? {})
    if (frame.type !== 'next' || errors || !event) throw new Error(`${id} got ${JSON.stringify(frame)}`)
    events.push(event)
    return event
  }

  async function next(fits: (event: Heard) => boolean = () => true): Promise<Heard> {
    for (;;) {
      const event = read(await frames.next())
      if (fits(event)) return event
    }
  }

  await next()
  return {
    socket,
    events,
    get cursor() {
      return events.at(-1)?.cursor ?? ''
    },
    next,
    async take(count) {
      const taken: Heard[] = []
      while (taken.length < count) taken.push(await next())
      return taken
    },
    rest: () => frames.rest().map(read),
    async ended() {
      for (;;) {
        const frame = await frames.next()
        if (frame.type !== 'next') return frame
        read(frame)
      }
    },
    stop() {
      socket.send({ type: 'complete', id })
      return socket.roundTrip()
    },
  }
}
