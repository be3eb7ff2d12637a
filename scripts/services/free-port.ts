import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

const TRIES = 100

/**
 * A port of 127.0.0.1 that nobody listens on now. It lies below the range from which Linux takes ports for outgoing
 * connections (32768 and up), so that a server which is killed and started again finds its port still free.
 */
export async function freePort(): Promise<number> {
  for (let tried = 0; tried < TRIES; tried++) {
    const port = randomInt(20_000, 32_768)
    if (await isFree(port)) return port
  }
  throw new Error(`expected a free port between 20000 and 32767; ${TRIES} tried at random are all taken`)
}

function isFree(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const server = createServer()
  server.once('error', () => resolve(false))
  server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  return promise
}
