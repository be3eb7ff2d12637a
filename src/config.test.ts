import { expect, test } from 'vitest'
import { isDemo, loadConfig, options } from './config.ts'
import { StartError } from './errors.ts'

const SECRET = 'a secret of tests, long enough for all'
const DATABASE_URL = 'postgres://parley:hunter2@db.example.com/parley'

function faultsOf(env: Record<string, string>): string {
  try {
    loadConfig(env)
  } catch (error) {
    if (error instanceof StartError) return error.message
    throw error
  }
  return ''
}

test('without any variable all is as the table says', () => {
  const defaults = Object.fromEntries(Object.entries(options).map(([name, spec]) => [name, spec.default]))
  expect(loadConfig({})).toEqual(defaults)
  expect(loadConfig({ PORT: '', DATABASE_URL: '' })).toEqual(defaults)
})

test('what is given is read as what it means', () => {
  expect(
    loadConfig({
      PORT: '0',
      MIGRATE_ON_START: 'false',
      ALLOWED_ORIGINS: 'https://a.example, https://b.example:8443',
      DATABASE_URL,
      REDIS_URL: 'rediss://:secret@redis.example.com',
      SECRETS_KEY: SECRET,
    }),
  ).toMatchObject({
    port: 0,
    migrateOnStart: false,
    allowedOrigins: ['https://a.example', 'https://b.example:8443'],
    databaseUrl: DATABASE_URL,
    redisUrl: 'rediss://:secret@redis.example.com',
    secretsKey: SECRET,
  })
})

test('three wrong variables are three faults, told at once, with what came instead', () => {
  expect(faultsOf({ PORT: 'http', MIGRATE_ON_START: 'no', LOG_LEVEL: 'loud', HOST: '0.0.0.0' })).toBe(
    `The configuration has 3 faults:
  PORT must be a port from 0 to 65535, not "http"
  MIGRATE_ON_START must be true or false, not "no"
  LOG_LEVEL must be one of fatal, error, warn, info, debug, trace, silent, not "loud"`,
  )
})

test.each([
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80.5'],
  ['ADMIN_PORT', 'yes'],
  ['DATABASE_CONNECTIONS', '0'],
  ['DRAIN_SECONDS', 'ten'],
  ['ALLOWED_ORIGINS', 'https://a.example/path'],
  ['ALLOWED_ORIGINS', 'a.example'],
  ['TRUSTED_PROXIES', '10.0.0.0/33'],
  ['TRUSTED_PROXIES', 'lb.internal'],
  ['TRUSTED_PROXIES', '10.0.0.1,'],
  ['MAX_SOCKETS', '0'],
  ['QUERY_LIMITS', '{"queryCost":0}'],
  ['QUERY_LIMITS', '{"pageSize":1}'],
  ['QUERY_LIMITS', 'queryCost=1'],
])('%s=%s is one fault that names the variable', (name, value) => {
  expect(faultsOf({ [name]: value })).toMatch(new RegExp(`^The configuration has a fault:\n  ${name} must .*, not "`))
})

test('a secret is never shown, also where it is wrong', () => {
  const wrong = {
    DATABASE_URL: 'mysql://parley:hunter2@db',
    DATABASE_DIRECT_URL: 'hunter2',
    SECRETS_KEY: 'hunter2',
    REDIS_URL: 'http://:hunter2@redis',
  }
  const told = faultsOf(wrong)
  for (const name of Object.keys(wrong)) expect(told).toContain(name)
  expect(told).not.toContain('hunter2')
})

test('every option that holds a password or a key is marked as a secret', () => {
  const secrets = Object.values(options).filter(({ secret }) => secret)
  expect(secrets.map(({ env }) => env)).toEqual(
    Object.values(options)
      .map(({ env }) => env)
      .filter((env) => /_URL$|_KEY$|SECRET|PASSWORD|TOKEN/.test(env)),
  )
})

test('a database of many nodes needs the key that they share', () => {
  expect(faultsOf({ DATABASE_URL })).toMatch(/SECRETS_KEY must be set when DATABASE_URL is/)
})

test('there is a demo only on the embedded database of this machine alone', () => {
  expect(isDemo(loadConfig({}))).toBe(true)
  expect(isDemo(loadConfig({ HOST: '0.0.0.0' }))).toBe(false)
  expect(isDemo(loadConfig({ DATABASE_URL, SECRETS_KEY: SECRET }))).toBe(false)
})

test('what needs another variable says which', () => {
  expect(faultsOf({ HARDENED: 'true' })).toContain('TRUSTED_DOCUMENTS must be set')
  expect(faultsOf({ PROXY_PROTOCOL: 'true' })).toContain('TRUSTED_PROXIES must be set')
  expect(isDemo(loadConfig({ HARDENED: 'true', TRUSTED_DOCUMENTS: 'documents.json' }))).toBe(false)
})
