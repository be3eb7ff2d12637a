import { expect, test } from 'vitest'
import { createLog } from './log.ts'

test('tokens, secrets, texts and variables never reach a line', () => {
  const lines: string[] = []
  const log = createLog('info', { write: (line) => lines.push(line) })
  const hidden = {
    authorization: 'Bearer marker',
    token: 'marker',
    secret: 'marker',
    text: 'marker',
    variables: { a: 'marker' },
    metadata: { a: 'marker' },
  }
  log.info(hidden, 'flat')
  log.info({ request: hidden, input: { deeper: hidden } }, 'nested')
  expect(lines).toHaveLength(2)
  expect(lines.join()).not.toContain('marker')
  expect(lines[0]).toContain('[hidden]')
})

test('an error keeps its message and stack', () => {
  const lines: string[] = []
  createLog('info', { write: (line) => lines.push(line) }).error({ error: new Error('why') }, 'failed')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ msg: 'failed', error: { type: 'Error', message: 'why' } })
})
