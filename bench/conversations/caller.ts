/** Somebody with a token, over HTTP on a connection that is kept. */
import { Agent, request } from 'node:http'

export type Data = Record<string, unknown>

export interface Caller {
  /** What was asked for; throws when there is any error. */
  ask<Answer = Data>(query: string, variables: object): Promise<{ data: Answer; ms: number }>
}

/** One at a time calls, so one connection is all. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

export function caller(url: string, token: string): Caller {
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/json',
    accept: 'application/graphql-response+json',
  }
  return {
    async ask<Answer>(query: string, variables: object) {
      const body = Buffer.from(JSON.stringify({ query, variables }))
      const start = performance.now()
      const text = await post(url, { ...headers, 'content-length': body.length }, body)
      const ms = performance.now() - start
      const { data, errors } = JSON.parse(text) as { data?: Answer; errors?: unknown }
      if (errors || !data) throw new Error(`refused: ${text.slice(0, 2_000)}`)
      return { data, ms }
    },
  }
}

function post(url: string, headers: Record<string, string | number>, body: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: 'POST', agent, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.once('end', () => resolve(Buffer.concat(chunks).toString()))
      response.once('error', reject)
    })
    asked.once('error', reject)
    asked.end(body)
  })
}
