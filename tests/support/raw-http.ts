/** Requests that no client library would send, byte for byte. */
import { once } from 'node:events'
import { connect } from 'node:net'

const PATIENCE_MS = 10_000

/** The first answer to these lines; CRLFs and the empty line at the end are added. */
export async function exchange(url: string, lines: string[], body = ''): Promise<string> {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  try {
    await once(socket, 'connect')
    socket.write(`${lines.join('\r\n')}\r\n\r\n${body}`)
    const [answer] = (await once(socket, 'data', { signal: AbortSignal.timeout(PATIENCE_MS) })) as [Buffer]
    return answer.toString()
  } finally {
    socket.destroy()
  }
}
