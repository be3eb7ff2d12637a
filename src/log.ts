/** Logs, declared once: JSON lines with ids, never with message bodies, tokens, secrets or variables. */
import { pino } from 'pino'
import type { LogLevel } from './config.ts'

export type Log = Pick<ReturnType<typeof pino>, 'debug' | 'info' | 'warn' | 'error' | 'fatal'>

/** Paths that are hidden wherever somebody logs an object that holds them. */
const REDACTED = [
  'authorization',
  'token',
  'secret',
  'text',
  'variables',
  'password',
  'connectionParams',
  'metadata',
  'databaseUrl',
  'redisUrl',
  'secretsKey',
]

export function createLog(level: LogLevel, destination?: { write(line: string): void }): Log {
  const paths = REDACTED.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  return pino(
    { level, base: null, redact: { paths, censor: '[hidden]' }, serializers: { error: pino.stdSerializers.err } },
    destination ?? pino.destination({ fd: 2, sync: false }),
  )
}
