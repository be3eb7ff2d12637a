/** What the command line says. */
import { parseArgs } from 'node:util'
import { CannotRun } from '../lib/outcome.ts'

export interface Options {
  /** Those that every tenant begins with, or as good as none, by public settings. */
  limits: 'default' | 'off'
  /** Of the quiet run, and of the flood. */
  seconds: number
  seed: number
}

const USAGE = 'usage: npm run demo:abuse -- [--limits default|off] [--seconds N] [--seed S]'

export function readOptions(args: string[]): Options {
  const { limits, seconds, seed } = parse(args)
  if (limits !== 'default' && limits !== 'off') return refuse(`--limits must be default or off, not "${limits}"`)
  return { limits, seconds: whole('--seconds', seconds, 600), seed: whole('--seed', seed, 2 ** 31) }
}

function parse(args: string[]) {
  const text = (byDefault: string) => ({ type: 'string', default: byDefault }) as const
  try {
    return parseArgs({ args, options: { limits: text('default'), seconds: text('30'), seed: text('7') } }).values
  } catch (error) {
    return refuse((error as Error).message)
  }
}

function whole(flag: string, text: string, most: number): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isInteger(value) && value >= 1 && value <= most) return value
  return refuse(`${flag} must be a whole number from 1 to ${most}, not "${text}"`)
}

function refuse(fault: string): never {
  throw new CannotRun(`${fault}; ${USAGE}`)
}
