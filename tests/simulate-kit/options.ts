/** What the command line says. */
import { parseArgs } from 'node:util'
import type { Rule } from '../simulate/rule.ts'
import { BREAKS } from './breaks.ts'

export interface Options {
  seeds: number
  /** With which to begin. */
  from: number
  /** What is taken away from the kit; null: nothing. */
  broken: Rule | null
}

const USAGE = `usage: npm run test:simulate-kit -- [--seeds N] [--from SEED] [--break ${BREAKS.map(({ name }) => name).join('|')}]`

/** Throws a sentence with the usage. */
export function readOptions(args: string[]): Options {
  const { seeds, from, break: name } = parse(args)
  return { seeds: whole('--seeds', seeds), from: whole('--from', from), broken: name ? breakOf(name) : null }
}

function parse(args: string[]) {
  try {
    const text = { type: 'string' } as const
    const options = { seeds: { ...text, default: '1000' }, from: { ...text, default: '1' }, break: text }
    return parseArgs({ args, options }).values
  } catch (error) {
    return refuse((error as Error).message)
  }
}

function whole(flag: string, text: string): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isInteger(value) && value >= 1 && value < 2 ** 31
    ? value
    : refuse(`${flag} must be a whole number from 1 on, not "${text}"`)
}

const breakOf = (name: string): Rule =>
  BREAKS.find((rule) => rule.name === name) ?? refuse(`there is no "${name}" to break`)

function refuse(fault: string): never {
  throw new Error(`${fault}; ${USAGE}`)
}
