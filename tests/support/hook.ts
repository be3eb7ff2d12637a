/** The operator’s own system, as the server finds it behind a URL of its configuration. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { createQueue } from './queue.ts'

export interface HookCall {
  headers: IncomingMessage['headers']
  body: string
}

/** `answer` is asked for the status of each call, counted from 0; null leaves the call without an answer for as long as the caller lives. */
export async function startHook(answer: (count: number) => number | null) {
  const calls = createQueue<HookCall>('the hook')
  let count = 0
  const server = createServer(async (request, response) => {
    const body = await text(request)
    const status = answer(count++)
    calls.push({ headers: request.headers, body })
    if (status !== null) response.writeHead(status).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/safety`
  return { url, calls, close, [Symbol.asyncDispose]: close }
}
