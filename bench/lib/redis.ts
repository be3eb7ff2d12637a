/** A throw-away Redis for the usual way of doing it: nothing is written to disk. */
import { freePort } from '../../scripts/services/free-port.ts'
import { type Child, startChild } from './child.ts'

export async function startRedis(): Promise<Child & { url: string }> {
  const port = await freePort()
  const settings = { port, bind: '127.0.0.1', save: '', appendonly: 'no', dir: '/tmp' }
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)])
  const server = await startChild({ command: 'redis-server', args, ready: /Ready to accept connections/ })
  return { ...server, url: `redis://127.0.0.1:${port}` }
}
