import { dirname, relative } from 'node:path/posix'
import { expect, test } from 'vitest'
import { check } from './sandbox.ts'

/** [importing file, what it may not import, the reason told]; the fault is one `import type`, since types count too. */
const upward = [
  ['src/errors.ts', 'src/db.ts', 'level 0 is what all others stand on'],
  ['src/lib/ids.ts', 'src/messages/append.ts', 'level 0 is what all others stand on'],
  ['src/db.ts', 'src/messages/append.ts', 'the database (level 1) knows level 0 only'],
  ['src/bus/redis.ts', 'src/db.ts', 'a port and its adapters know level 0 and their own folder'],
  ['src/bus/redis.ts', 'src/presence/presence.ts', 'a port and its adapters know level 0 and their own folder'],
  ['src/messages/append.ts', 'src/resolvers/send-message.ts', 'never who calls it'],
  ['src/messages/append.ts', 'src/context.ts', 'never who calls it'],
  ['src/messages/append.ts', 'src/bus/redis.ts', 'only app.ts and parts.ts name adapters'],
  ['src/context.ts', 'src/resolvers/send-message.ts', 'the context describes the parts'],
  ['src/resolvers/send-message.ts', 'src/schema/builder.ts', 'no schema, no gateway'],
  ['src/resolvers/send-message.ts', 'src/gateway/websocket.ts', 'no schema, no gateway'],
  ['src/resolvers/send-message.ts', 'src/workers/index-messages.ts', 'knows levels 0 to 2'],
  ['src/workers/index-messages.ts', 'src/gateway/websocket.ts', 'no schema, no gateway'],
  ['src/resolvers/send-message.ts', 'src/generated/client.ts', 'the Prisma client is made in db.ts alone'],
  ['src/schema/message.ts', 'src/db.ts', 'reaches no database, bus or worker'],
  ['src/schema/message.ts', 'src/bus/bus.ts', 'reaches no database, bus or worker'],
  ['src/schema/message.ts', 'src/gateway/websocket.ts', 'the schema is shape'],
  ['src/gateway/websocket.ts', 'src/db.ts', 'never the database or the bus'],
  ['src/gateway/websocket.ts', 'src/bus/bus.ts', 'never the database or the bus'],
  ['src/gateway/websocket.ts', 'src/schema/builder.ts', 'through schema/index.ts'],
  ['src/main.ts', 'src/bus/redis.ts', 'only app.ts and parts.ts name adapters'],
  ['src/log.ts', 'tests/support/clock.ts', 'src/ is what is shipped'],
] as const

test.concurrent.each(upward)('%s must not import %s', async (from, to, reason) => {
  const { exitCode, output } = await check('levels', { [from]: importing('import type', from, to), [to]: '' })
  expect(output).toContain(`${from}:2 imports ${to}: `)
  expect(output).toContain(reason)
  expect(exitCode).toBe(1)
})

const onlyTypes = [
  ['src/messages/append.ts', 'src/generated/client.ts'],
  ['src/context.ts', 'src/delivery/hub.ts'],
  ['src/resolvers/send-message.ts', 'src/context.ts'],
  ['src/schema/message.ts', 'src/messages/append.ts'],
] as const

test.concurrent.each(onlyTypes)('%s may name the types of %s, but not load it', async (from, to) => {
  const types = await check('levels', { [from]: importing('import type', from, to), [to]: '' })
  expect(types).toMatchObject({ exitCode: 0 })

  const values = await check('levels', { [from]: importing('import', from, to), [to]: '' })
  expect(values).toMatchObject({ exitCode: 1, output: expect.stringContaining('as a type it may, by `import type`') })
})

test.concurrent.each([
  "export { a } from '../gateway/websocket.ts'",
  "export type * from '../gateway/websocket.ts'",
  "export const a = await import('../gateway/websocket.ts')",
  "export type A = import('../gateway/websocket.ts').A",
])('an upward import is seen in the form: %s', async (source) => {
  const outcome = await check('levels', { 'src/resolvers/send-message.ts': source, 'src/gateway/websocket.ts': '' })
  expect(outcome).toMatchObject({ exitCode: 1, output: expect.stringContaining('no schema, no gateway') })
})

test('a folder that the table does not know has to be given its place', async () => {
  const outcome = await check('levels', { 'src/helpers/strings.ts': '' })
  expect(outcome).toMatchObject({
    exitCode: 1,
    output: expect.stringContaining('src/helpers/strings.ts has no row in scripts/check/levels.ts'),
  })
})

test('downward imports pass, and tests may import anything', async () => {
  const outcome = await check('levels', {
    'src/errors.ts': "import './lib/ids.ts'",
    'src/lib/ids.ts': "import './numbers.ts'",
    'src/lib/numbers.ts': '',
    'src/db.ts': "import './generated/client.ts'\nimport './errors.ts'",
    'src/generated/client.ts': "import '../messages/append.ts'",
    'src/bus/bus.ts': "import '../events.ts'",
    'src/bus/redis.ts': "import './bus.ts'",
    'src/bus/redis.test.ts': "import '../gateway/websocket.ts'",
    'src/events.ts': '',
    'src/messages/append.ts': "import '../db.ts'\nimport '../bus/bus.ts'\nimport '../conversations/access.ts'",
    'src/conversations/access.ts': '',
    'src/resolvers/send-message.ts': "import '../messages/append.ts'",
    'src/schema/message.ts': "import '../resolvers/send-message.ts'\nimport '../context.ts'",
    'src/schema/index.ts': "import './message.ts'",
    'src/context.ts': '',
    'src/gateway/websocket.ts': "import '../schema/index.ts'\nimport '../delivery/hub.ts'",
    'src/delivery/hub.ts': '',
    'src/app.ts': "import './bus/redis.ts'\nimport './gateway/websocket.ts'",
    'src/main.ts': "import './app.ts'",
  })
  expect(outcome).toMatchObject({ exitCode: 0 })
})

/** On the second line, so that the test sees the line that is told. */
function importing(keyword: string, from: string, to: string): string {
  return `\n${keyword} { A } from '${relative(dirname(from), to).replace(/^(?!\.)/, './')}'\n`
}
