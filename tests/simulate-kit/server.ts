/** The model server: takes what comes over its sockets, answers, tells, and misbehaves as real ones do. */
import type { Clock } from '../simulate/clock.ts'
import type { Random } from '../support/adversary.ts'
import { type Answers, FIELDS, mutations, queries } from './answers.ts'
import type { Frame, Line } from './network.ts'
import { Refusal } from './refusal.ts'
import { feed, listen, type Place, type Subscription } from './subscriptions.ts'
import { createTruth } from './truth.ts'

export type Server = ReturnType<typeof createServer>

interface World {
  clock: Clock
  dice: Random
  isPeace(): boolean
}

export function createServer({ clock, dice, isPeace }: World) {
  const { below, chance } = dice
  const sockets = new Map<Line, { user: string; isRefused: boolean; running: Map<string, Subscription> }>()
  const truth = createTruth(clock, (rows) => {
    for (const { running } of sockets.values())
      for (const subscription of running.values()) for (const row of rows) subscription.hear(row)
  })
  let isDegraded = false
  let owing = 0
  const ask = queries(truth, () => isDegraded)
  const change = mutations(truth)

  function receive(line: Line, { id = '', type, payload }: Frame): void {
    const session = sockets.get(line)
    if (type === 'connection_init') initialise(line, payload?.Authorization ?? '')
    else if (type === 'ping') line.send({ type: 'pong' })
    else if (type === 'complete') session?.running.get(id)?.stop()
    else if (type === 'subscribe' && session) asked(line, { id, payload, isRefused: session.isRefused })
  }

  type Asked = Pick<Frame, 'payload'> & { id: string; isRefused: boolean }
  function asked(line: Line, { id, payload, isRefused }: Asked): void {
    const document = payload?.query ?? ''
    const name = /(?:query|mutation|subscription) (\w+)/.exec(document)?.[1] ?? 'limits'
    const variables = payload?.variables ?? {}
    if (isRefused && name !== 'Renew') fail(line, id, new Refusal('TOKEN_EXPIRED'))
    else if (name === 'Feed' || name === 'Listen') subscribe(line, id, { name, variables })
    else void operate(line, id, { name, variables })
  }

  function initialise(line: Line, authorization: string): void {
    const [, kind, user = ''] = authorization.split(' ')
    if (kind !== 'good') {
      line.end(4403, '{"code":"UNAUTHENTICATED"}')
      return
    }
    sockets.set(line, { user, isRefused: false, running: new Map() })
    line.send({ type: 'connection_ack' })
  }

  function fail(line: Line, id: string, { error }: Refusal): void {
    line.send({ id, type: 'error', payload: [error] })
  }

  function subscribe(line: Line, id: string, { name, variables }: { name: string; variables: object }): void {
    const session = sockets.get(line)
    if (!session) return
    const { after = null, afterSeq = null, conversationId = '' } = variables as Partial<Place>
    const subscriber = {
      user: session.user,
      next: (event: object) =>
        line.send({
          id,
          type: 'next',
          payload: { data: { [name === 'Feed' ? 'feed' : 'conversationEvents']: event } },
        }),
      complete: () => line.send({ id, type: 'complete' }),
    }
    const world = { truth, clock, dice, isPeace }
    try {
      if (!isPeace() && chance(0.04)) throw new Refusal('SERVICE_UNAVAILABLE', 500)
      const made =
        name === 'Feed'
          ? feed(world, subscriber, after)
          : listen(world, subscriber, { conversationId, after, afterSeq })
      session.running.set(id, made)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      fail(line, id, error)
    }
  }

  /** In one of all the ways in which an answer may fail to be what was asked for: before it is done, or after. */
  async function operate(
    line: Line,
    id: string,
    { name, variables }: { name: string; variables: object },
  ): Promise<void> {
    const field = FIELDS[name]
    if (!isPeace() && chance(0.3)) await clock.wait(below(chance(0.2) ? 6_000 : 200))
    const [isLost, isDoneAndLost] = [!isPeace() && chance(0.03), !isPeace() && chance(0.05)]
    if (isLost) return line.end(1006)
    const data = resultOf(line, { name, variables, field })
    if (isDoneAndLost && chance(0.5)) return line.end(1006)
    if (isDoneAndLost) return owe(line)
    const life = truth.life()
    if (!isPeace() && chance(0.2)) await clock.wait(below(400)) // what was read is old by now
    if (life !== truth.life()) return line.end(1006) // with the database that it was read from
    const times = !isPeace() && chance(0.05) ? 2 : 1
    for (let n = 0; n < times; n++) line.send({ id, type: 'next', payload: data })
    line.send({ id, type: 'complete' })
  }

  /** Never answered, until it ends. */
  function owe(line: Line): void {
    owing++
    clock.after(below(20_000), () => {
      owing--
      line.end(1011)
    })
  }

  function resultOf(
    line: Line,
    { name, variables, field }: { name: string; variables: object; field?: string | undefined },
  ) {
    const user = sockets.get(line)?.user ?? ''
    const table: Answers = field ? change : ask
    const work = table[name]
    if (!work) throw new Error(`the model has no answer to ${name}`)
    try {
      const isAway = field ? isDegraded || (!isPeace() && chance(0.05)) : !isPeace() && chance(0.03)
      if (isAway) throw new Refusal('SERVICE_UNAVAILABLE', chance(0.5) ? 800 : null)
      return { data: work(user, variables as never) }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return field ? { data: { [field]: error.payload } } : { data: null, errors: [error.error] }
    }
  }

  function tell(payload: object): void {
    for (const line of sockets.keys()) line.send({ type: 'ping', payload })
  }

  return {
    truth,
    receive,
    lines: () => [...sockets.keys()],
    /** Somebody waits for an answer that does not come. */
    isOwing: (): boolean => owing > 0,
    left(line: Line): void {
      for (const subscription of sockets.get(line)?.running.values() ?? []) subscription.stop()
      sockets.delete(line)
    },
    degrade(): void {
      isDegraded = true
      tell({ type: 'degraded', retryAfterMs: 1_000 })
    },
    recover(): void {
      if (isDegraded) tell({ type: 'recovered' })
      isDegraded = false
    },
    /** Its token is not good any more: its operations end first. */
    expire(line: Line): void {
      const session = sockets.get(line)
      if (!session) return
      session.isRefused = true
      for (const [id, subscription] of session.running) {
        subscription.stop()
        fail(line, id, new Refusal('TOKEN_EXPIRED'))
      }
      session.running.clear()
      clock.after(below(3_000), () => line.end(4403, '{"code":"TOKEN_EXPIRED"}'))
    },
    restore(): void {
      truth.restore()
      for (const { running } of sockets.values()) for (const subscription of running.values()) subscription.forgotten()
    },
  }
}
