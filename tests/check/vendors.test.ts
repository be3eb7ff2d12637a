import { expect, test } from 'vitest'
import { check, type Files } from './sandbox.ts'

const misplaced = [
  ['@prisma/client', 'src/messages/append.ts', 'src/db.ts'],
  ['@electric-sql/pglite', 'src/db.ts', 'src/embedded.ts'],
  ['pg', 'src/db.ts', 'src/migrate.ts'],
  ['ioredis', 'src/bus/linked.ts', 'src/bus/redis.ts and src/rates/redis.ts'],
  ['graphql-redis-subscriptions', 'src/app.ts', 'src/bus/redis.ts'],
  ['jose', 'src/gateway/auth.ts', 'src/accounts/tokens.ts'],
  ['pino', 'src/app.ts', 'src/log.ts'],
  ['prom-client', 'src/app.ts', 'src/metrics.ts'],
  ['ws', 'src/gateway/websocket.ts', 'src/gateway/ws-socket.ts'],
  ['graphql-ws/use/ws', 'src/gateway/ws-socket.ts', 'src/gateway/websocket.ts'],
  ['graphql-yoga', 'src/gateway/websocket.ts', 'src/gateway/graphql.ts'],
  ['@graphql-yoga/render-graphiql', 'src/app.ts', 'src/gateway/graphiql.ts'],
  ['@pothos/plugin-relay', 'src/schema/message.ts', 'src/schema/builder.ts'],
  ['graphql', 'src/resolvers/send-message.ts', 'src/schema/ and src/gateway/'],
  ['prisma/config', 'src/db.ts', 'nobody in src/'],
] as const

test.concurrent.each(misplaced)('%s in %s: only %s may', async (specifier, file, allowed) => {
  const outcome = await check('vendors', { [file]: `import type { A } from '${specifier}'` })
  expect(outcome.output).toContain(
    `${file}:1 imports ${specifier.match(/^(@[^/]+\/)?[^/]+/)?.[0]}: only ${allowed} may`,
  )
  expect(outcome.output).toContain('a change of vendor is a change of one file')
  expect(outcome.exitCode).toBe(1)
})

test('a vendor in its own file, a small library anywhere, and tests pass', async () => {
  const outcome = await check('vendors', {
    'src/log.ts': "import { pino } from 'pino'",
    'src/schema/builder.ts': "import '@pothos/core'\nimport { GraphQLError } from 'graphql'",
    'src/delivery/hub.ts': "import { LRUCache } from 'lru-cache'\nimport { once } from 'node:events'",
    'src/delivery/hub.test.ts': "import { test } from 'vitest'\nimport { pino } from 'pino'",
  })
  expect(outcome).toMatchObject({ exitCode: 0 })
})

test.each<[string, Files, string]>([
  [
    'a new dependency needs its row',
    { 'package.json': '{ "dependencies": { "left-pad": "1.0.0" } }' },
    'left-pad is a dependency without a row in scripts/check/vendors.ts',
  ],
  [
    'a row whose package is gone goes too',
    { 'package.json': '{ "dependencies": {} }' },
    'pino has a row in scripts/check/vendors.ts, but is not in the dependencies',
  ],
  [
    'the server imports no development dependency',
    { 'src/db.ts': "import { test } from 'vitest'" },
    'src/db.ts:1 imports vitest, which an installation without devDependencies lacks',
  ],
])('%s', async (_, files, reason) => {
  expect(await check('vendors', files)).toMatchObject({ exitCode: 1, output: expect.stringContaining(reason) })
})
