/** Somebody who asks over one socket of graphql-transport-ws: as many operations as he likes in one write. */
import { type LightSocket, openLightSocket } from './light-socket.ts'

export interface Asker extends Disposable {
  /** One operation for each of the variables. Resolves with what each answered; throws when one is refused. */
  ask<Data>(query: string, variables: readonly object[]): Promise<Data[]>
}

export const PROTOCOL = 'graphql-transport-ws'

/** What a client says first; who does not say who he is says it with null. */
export const initFrame = (token: string | null): string =>
  JSON.stringify({ type: 'connection_init', ...(token && { payload: { Authorization: `Bearer ${token}` } }) })

export const subscribeFrame = (id: string, query: string, variables: object): string =>
  JSON.stringify({ id, type: 'subscribe', payload: { query, variables } })

interface Answer {
  id?: string
  type: string
  payload?: { data?: unknown; errors?: unknown }
}

export async function openAsker(url: string, token: string | null): Promise<Asker> {
  const waiting = new Map<string, PromiseWithResolvers<unknown>>()
  let lastId = 0
  const socket: LightSocket = await openLightSocket({
    url,
    protocol: PROTOCOL,
    steps: [[initFrame(token)]],
    readsText: true,
    onFrame(text) {
      const { id = '', type, payload } = JSON.parse(text) as Answer
      const answer = waiting.get(id)
      if (type === 'next' && payload?.data && !payload.errors && !isRefusal(payload.data)) answer?.resolve(payload.data)
      else if (type === 'next' || type === 'error') answer?.reject(new Error(`refused: ${text.slice(0, 2_000)}`))
      if (type !== 'next') waiting.delete(id)
    },
    onClose(reason) {
      for (const { reject } of waiting.values()) reject(new Error(reason))
    },
  })
  return {
    ask(query, variables) {
      const frames = variables.map((each) => {
        const id = `${++lastId}`
        const answer = Promise.withResolvers<unknown>()
        waiting.set(id, answer)
        return { answer, text: subscribeFrame(id, query, each) }
      })
      socket.send(frames.map(({ text }) => text))
      return Promise.all(frames.map(({ answer }) => answer.promise)) as Promise<never[]>
    },
    [Symbol.dispose]: () => socket.destroy(),
  }
}

/** A mutation of ours answers its expected errors as data: then there is a code. */
function isRefusal(data: unknown): boolean {
  return Object.values(data as Record<string, { code?: string } | null>).some((field) => field?.code !== undefined)
}
