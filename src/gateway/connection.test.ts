import { expect, test } from 'vitest'
import { ChatError } from '../errors.ts'
import { createAdmission } from './admission.ts'
import { createEnter } from './connection.ts'
import { createExpose } from './errors.ts'
import { createSessions } from './sessions.ts'

async function tried(failure: Error) {
  const logged: unknown[] = []
  const logger = { error: (said: { error: unknown }) => void logged.push(said.error) }
  const expose = createExpose({ logger: logger as never, translate: (error) => error })
  const identify = () => Promise.reject(failure)
  const enter = createEnter({
    identify,
    tenants: {} as never,
    sessions: createSessions({ identify, connections: {} as never, expose }),
    expose,
  })
  const limits = { maxSockets: 10, connectsPerSecond: 10, unnamedSocketsPerAddress: 10 }
  const asking = { authorization: 'Bearer token', peer: null, origin: { address: '', userAgent: null } }
  return { entered: await enter(createAdmission(limits).enter('here'), asking), logged }
}

test('who cannot be let in by a fault of the server comes again, and the fault is in the log', async () => {
  const fault = new TypeError('nobody thought of it')
  const { entered, logged } = await tried(fault)
  expect(entered).toEqual({ code: 1013, reason: '{"code":"INTERNAL","retryAfterMs":1000}' })
  expect(logged).toEqual([fault])
})

test('what can be expected is told, and not logged', async () => {
  expect(await tried(new ChatError('SERVICE_UNAVAILABLE'))).toEqual({
    entered: { code: 1013, reason: '{"code":"SERVICE_UNAVAILABLE","retryAfterMs":1000}' },
    logged: [],
  })
  expect(await tried(new ChatError('UNAUTHENTICATED', { message: 'No' }))).toEqual({
    entered: { code: 4403, reason: '{"code":"UNAUTHENTICATED","message":"No"}' },
    logged: [],
  })
})
