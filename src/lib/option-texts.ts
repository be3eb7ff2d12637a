/** How the text of an option is read. Each throws what it must be. */
import { isOfDocument, type QueryLimits } from '../limits.ts'
import { isNetwork } from './networks.ts'

export function text(value: string): string {
  return value
}

function fault(what: string): never {
  throw new Error(what)
}

export function port(value: string): number {
  const number = Number(value)
  return Number.isInteger(number) && number >= 0 && number <= 65_535 ? number : fault('must be a port from 0 to 65535')
}

export function count(value: string): number {
  const number = Number(value)
  return Number.isInteger(number) && number > 0 ? number : fault('must be a whole number above 0')
}

export function yesNo(value: string): boolean {
  return value === 'true' || (value === 'false' ? false : fault('must be true or false'))
}

export function postgresUrl(value: string): string {
  return /^postgres(ql)?:\/\//.test(value) && URL.canParse(value)
    ? value
    : fault('must be a URL like postgresql://user:password@host:5432/database')
}

export function redisUrl(value: string): string {
  return /^rediss?:\/\//.test(value) && URL.canParse(value)
    ? value
    : fault('must be a URL like redis://user:password@host:6379, or rediss:// for TLS')
}

export function httpUrl(value: string): string {
  return /^https?:\/\//.test(value) && URL.canParse(value)
    ? value.replace(/\/+$/, '')
    : fault('must be a URL like https://chat.example.com')
}

export function secretsKey(value: string): string {
  return value.length >= 32 ? value : fault('must have at least 32 characters (openssl rand -base64 32)')
}

export function origins(value: string): readonly string[] {
  const list = value.split(',').map((origin) => origin.trim())
  return list.every((origin) => origin === '*' || (URL.canParse(origin) && new URL(origin).origin === origin))
    ? list
    : fault('must be * or origins like https://chat.example.com')
}

export function networks(value: string): readonly string[] {
  const list = value.split(',').map((network) => network.trim())
  return list.every(isNetwork) ? list : fault('must be networks like 10.0.0.0/8 or fd00::/8, or single addresses')
}

export function oneOf<T extends string>(...names: T[]): (value: string) => T {
  return (value) => names.find((name) => name === value) ?? fault(`must be one of ${names.join(', ')}`)
}

export function queryLimits(value: string): Partial<QueryLimits> {
  const wanted = 'must be JSON like {"queryCost":500000}, with names that begin with query in LIMITS.md'
  try {
    const entries = Object.entries(JSON.parse(value) as object)
    if (entries.every(([name, max]) => isOfDocument(name) && Number.isSafeInteger(max) && max > 0))
      return Object.fromEntries(entries)
  } catch {
    return fault(wanted)
  }
  return fault(wanted)
}
