import { expect, test } from 'vitest'
import { fakeClock } from '../tests/kit/fake-clock.ts'
import { fakeServer } from '../tests/kit/fake-server.ts'
import { createConnection } from './connection.ts'

function stage() {
  const [clock, server] = [fakeClock(), fakeServer()]
  const signals = { isOnline: () => true, subscribe: () => () => {} }
  const connection = createConnection({
    ...{ url: 'https://chat.example.com', token: () => 'good', random: () => 0.5 },
    ...{ clock, signals, WebSocket: server.WebSocket },
  })
  async function open(): Promise<void> {
    await clock.pass(0)
    server.last().acknowledge()
    await clock.pass(0)
  }
  return { clock, server, connection, open, status: () => connection.state.get().status }
}

test('the database away and back is shown', async () => {
  const { server, open, status } = stage()
  await open()
  server.last().ping({ type: 'degraded', retryAfterMs: 1_000 })
  expect(status()).toBe('degraded')
  server.last().ping({ type: 'recovered' })
  expect(status()).toBe('online')
})

test('an answer that was given before the database came back does not hide that it has', async () => {
  const { clock, server, open, connection, status } = stage()
  await open()
  const refused = connection.request('{ viewer { user { id } } }').catch(() => {})
  await clock.pass(0)
  const { id } = server.last().frames.at(-1) ?? {}
  const extensions = { code: 'SERVICE_UNAVAILABLE', retryable: true }
  server.last().send({ id, type: 'error', payload: [{ message: 'away', extensions }] })
  await refused
  await clock.pass(0)
  server.last().ping({ type: 'recovered' })
  server.last().answer('limits', { limits: { degraded: true } })
  await clock.pass(0)
  expect(status()).toBe('online')
})
