/** Memory that a Node.js process holds on to: before it is told, the process collects its garbage, as its own inspector lets one ask. */
import { freePort } from '../../scripts/services/free-port.ts'
import { rssBytes } from './memory.ts'

export interface Inspected {
  /** For the process to be started with. */
  env: Record<string, string>
  heldBytes(pid: number): Promise<number>
}

export async function inspected(): Promise<Inspected> {
  const port = await freePort()
  return {
    env: { NODE_OPTIONS: `--inspect=127.0.0.1:${port}` },
    async heldBytes(pid) {
      const [target] = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
        webSocketDebuggerUrl: string
      }[]
      const socket = new WebSocket(target?.webSocketDebuggerUrl ?? '')
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      socket.onopen = () => socket.send(JSON.stringify({ id: 1, method: 'HeapProfiler.collectGarbage' }))
      socket.onmessage = () => resolve()
      socket.onclose = () => reject(new Error('the inspector ended'))
      await promise.finally(() => socket.close())
      return rssBytes(pid)
    },
  }
}
