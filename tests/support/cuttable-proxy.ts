/** A way to the server that can be cut as a bad network cuts it: no goodbye, on neither side. */
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface CuttableProxy extends AsyncDisposable {
  /** In place of the server's. */
  url: string
  /** All connections that are open now; new ones pass. */
  cut(): void
  /** Cuts, and lets nobody through until it is mended. */
  tear(): void
  mend(): void
  /** Resolves when so many have come through since it was opened. */
  passed(count: number): Promise<void>
}

export async function openCuttableProxy(target: string): Promise<CuttableProxy> {
  const { hostname, port } = new URL(target)
  const open = new Set<Socket>()
  let isTorn = false
  let count = 0
  let counted = () => {}

  const server = createServer((from) => {
    if (isTorn) return from.destroy()
    const to = connect(Number(port), hostname)
    for (const [one, other] of [
      [from, to],
      [to, from],
    ] as const) {
      open.add(one)
      one.on('error', () => {}) // `close` follows
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
    count++
    counted()
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')

  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    cut,
    tear() {
      isTorn = true
      cut()
    },
    mend() {
      isTorn = false
    },
    async passed(wanted) {
      while (count < wanted) await new Promise<void>((resolve) => (counted = resolve))
    },
    async [Symbol.asyncDispose]() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
