/** What the command line says. */
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { type Breakage, breakages } from '../lib/breaking-proxy.ts'
import { CannotRun } from '../lib/outcome.ts'
import { type BadBus, badBuses } from '../lib/product.ts'

export interface Options {
  /** null: a conversation made for the occasion. */
  file: string | null
  /** A server that runs already; null: one of our own is started. */
  server: { url: string; key: string } | null
  /** So many times as fast as it was said. */
  speed: number
  readers: number
  /** So many times our own server is killed with -9 and started again. */
  serverRestarts: number
  seed: number
  breakage: Breakage | null
  /** The product's own bus holds or drops one event of ten; the verdict stays as strict. */
  bus: BadBus | null
  /** Of the tenant: raised, so that nothing is waited for, or those with which every tenant begins. */
  limits: (typeof LIMITS)[number]
}

const LIMITS = ['raised', 'default'] as const

const USAGE = `usage: npm run demo:replay -- [FILE.jsonl] [--url URL --key SERVER_KEY] [--speed N|max] [--readers K] [--server-restarts N] [--seed S] [--break ${breakages.join('|')}] [--bus ${badBuses.join('|')}] [--limits ${LIMITS.join('|')}]`

const MOST_READERS = 200
const MOST_RESTARTS = 20

export function readOptions(args: string[]): Options {
  const { values, positionals } = parse(args)
  const { url, key, break: breakage } = values
  if (positionals.length > 1) refuse(`one FILE, not ${positionals.length}`)
  if ((url === undefined) !== (key === undefined)) refuse('--url and --key go together')
  if (url !== undefined && !/^https?:/.test(URL.parse(url)?.protocol ?? ''))
    refuse(`--url must be http(s), not "${url}"`)
  const serverRestarts = whole('--server-restarts', values['server-restarts'], { least: 0, most: MOST_RESTARTS })
  if (url !== undefined && serverRestarts > 0)
    refuse('--server-restarts kills the server with -9, so it must be our own: leave out --url')
  return {
    file: positionals[0] ?? null,
    server: url !== undefined && key !== undefined ? { url, key } : null,
    speed: values.speed === 'max' ? Number.POSITIVE_INFINITY : speed(values.speed),
    readers: whole('--readers', values.readers, { least: 1, most: MOST_READERS }),
    serverRestarts,
    seed: whole('--seed', values.seed ?? `${randomInt(1_000_000)}`, { least: 0, most: 2 ** 32 - 1 }),
    breakage: breakage === undefined ? null : known(breakage),
    bus: values.bus === undefined ? null : knownBus(values.bus),
    limits: knownLimits(values.limits),
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        url: { type: 'string' },
        key: { type: 'string' },
        speed: { type: 'string', default: 'max' },
        readers: { type: 'string', default: '8' },
        'server-restarts': { type: 'string', default: '0' },
        seed: { type: 'string' },
        break: { type: 'string' },
        bus: { type: 'string' },
        limits: { type: 'string', default: 'raised' },
      },
    })
  } catch (error) {
    return refuse((error as Error).message)
  }
}

function speed(text: string): number {
  return Number(text) > 0 ? Number(text) : refuse(`--speed must be max or a number above 0, not "${text}"`)
}

function whole(flag: string, text: string, { least, most }: { least: number; most: number }): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isInteger(value) && value >= least && value <= most) return value
  return refuse(`${flag} must be a whole number from ${least} to ${most}, not "${text}"`)
}

function known(text: string): Breakage {
  return breakages.find((name) => name === text) ?? refuse(`--break must be ${breakages.join(', ')}, not "${text}"`)
}

function knownBus(text: string): BadBus {
  return badBuses.find((name) => name === text) ?? refuse(`--bus must be ${badBuses.join(' or ')}, not "${text}"`)
}

function knownLimits(text: string): Options['limits'] {
  return LIMITS.find((name) => name === text) ?? refuse(`--limits must be ${LIMITS.join(' or ')}, not "${text}"`)
}

function refuse(fault: string): never {
  throw new CannotRun(`${fault}; ${USAGE}`)
}
