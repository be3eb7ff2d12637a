/** Reads the PROXY protocol's header off a connection before HTTP does. */
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { Addresses } from './addresses.ts'
import { readProxyHeader } from './proxy-header.ts'

/** A proxy writes its header first and at once. */
const PATIENCE_MS = 3_000

/** From now on each connection of a trusted proxy begins with the header, or is closed. Others are HTTP as ever. */
export function expectProxyHeaders(server: Server, addresses: Addresses): void {
  const listeners = server.listeners('connection') as ((socket: Socket) => void)[]
  server.removeAllListeners('connection')
  server.on('connection', (socket: Socket) => {
    const goOn = () => {
      for (const listener of listeners) listener.call(server, socket)
    }
    if (addresses.isProxy(socket)) readHeader(socket, { addresses, goOn })
    else goOn()
  })
}

function readHeader(socket: Socket, { addresses, goOn }: { addresses: Addresses; goOn: () => void }): void {
  let read = Buffer.alloc(0)
  const timer = setTimeout(() => socket.destroy(), PATIENCE_MS)
  const stop = () => {
    clearTimeout(timer)
    socket.off('readable', take).off('error', fail).off('close', stop)
  }
  function fail(): void {
    socket.destroy()
  }

  function take(): void {
    for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) read = Buffer.concat([read, chunk as Buffer])
    const header = readProxyHeader(read)
    if (header.kind === 'MORE') return
    stop()
    if (header.kind === 'HEADER') begin(header)
    else fail()
  }

  function begin({ address, length }: { address: string | null; length: number }): void {
    if (address !== null) addresses.tell(socket, address)
    if (read.length > length) socket.unshift(read.subarray(length))
    goOn()
  }
  socket.on('readable', take).on('error', fail).on('close', stop)
}
