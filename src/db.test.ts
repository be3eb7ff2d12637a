import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { Pool } from 'pg'
import { expect, test } from 'vitest'
import { unavailable } from './db.ts'
import { ChatError } from './errors.ts'

test('waiting in vain for a free connection is the overload that it is, and no fault of ours', async () => {
  const connected: Socket[] = []
  const silent = createServer((socket) => void connected.push(socket)).listen(0)
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const pool = new Pool({ host: 'localhost', port, max: 1, connectionTimeoutMillis: 50 })
  const [first, second] = await Promise.allSettled([pool.connect(), pool.connect()])
  for (const { status, ...told } of [first, second]) {
    expect(status).toBe('rejected')
    const error = unavailable('reason' in told ? told.reason : null)
    expect(error).toBeInstanceOf(ChatError)
    expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE' })
  }
  await pool.end()
  for (const socket of connected) socket.destroy()
  silent.close()
})
