/** A socket of one caller: questions and their answers, and a subscription. Lean: what came is not kept. */
import { once } from 'node:events'
import { WebSocket } from 'ws'

export interface Answer<Data> {
  data?: Data | null
  errors?: { message: string; extensions?: { code?: string } }[]
}

export interface Connection {
  ask<Data>(query: string, variables?: object): Promise<Answer<Data>>
  /** Until the socket or the operation ends. */
  listen<Data>(query: string, variables: object, hear: (answer: Answer<Data>) => void): void
  /** As when the cable is pulled. Nothing is heard of it any more. */
  cut(): void
}

type Frame = { type: string; id?: string; payload?: unknown }

export async function connect(url: string, token: string): Promise<Connection> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, ['graphql-transport-ws'], {
    perMessageDeflate: false,
  })
  const operations = new Map<string, (frame: Frame) => void>()
  const acknowledged = Promise.withResolvers<void>()
  let asked = 0
  let isCut = false

  socket.on('message', (data) => {
    const frame = JSON.parse(String(data)) as Frame
    if (frame.type === 'connection_ack') acknowledged.resolve()
    else if (!isCut) operations.get(frame.id ?? '')?.(frame)
  })
  acknowledged.promise.catch(() => {}) // who does not wait for it any more
  socket.on('close', (code, reason) => {
    const fault = new Error(`the socket was closed with ${code} ${reason}`)
    acknowledged.reject(fault)
    for (const [id, hear] of isCut ? [] : operations) hear({ type: 'closed', id, payload: fault.message })
  })
  await once(socket, 'open')
  socket.on('error', () => {}) // `close` follows
  socket.send(JSON.stringify({ type: 'connection_init', payload: { Authorization: `Bearer ${token}` } }))
  await acknowledged.promise

  function begin(query: string, variables: object, hear: (frame: Frame) => void): string {
    const id = String(++asked)
    operations.set(id, hear)
    socket.send(JSON.stringify({ type: 'subscribe', id, payload: { query, variables } }))
    return id
  }

  return {
    ask<Data>(query: string, variables: object = {}) {
      const { promise, resolve } = Promise.withResolvers<Answer<Data>>()
      const id = begin(query, variables, (frame) => {
        if (frame.type === 'complete') return
        resolve(answerOf(frame))
        operations.delete(id)
      })
      return promise
    },
    listen<Data>(query: string, variables: object, hear: (answer: Answer<Data>) => void) {
      begin(query, variables, (frame) => hear(answerOf<Data>(frame)))
    },
    cut() {
      isCut = true
      socket.terminate()
    },
  }
}

function answerOf<Data>({ type, payload }: Frame): Answer<Data> {
  if (type === 'next') return payload as Answer<Data>
  if (type === 'error') return { errors: payload as Answer<Data>['errors'] }
  return { errors: [{ message: `it ended: ${type} ${payload ?? ''}` }] }
}
