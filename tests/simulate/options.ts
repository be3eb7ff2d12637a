/** What the command line says. */
import { parseArgs } from 'node:util'
import type { Rule } from './rule.ts'
import { RULES } from './rules.ts'

export interface Options {
  seeds: number
  /** With which to begin. */
  from: number
  /** The rule that is taken away; null: none. */
  without: Rule | null
}

const USAGE = `usage: npm run test:simulate -- [--seeds N] [--from SEED] [--without ${RULES.map(({ name }) => name).join('|')}]`

/** Throws a sentence with the usage. */
export function readOptions(args: string[]): Options {
  const { seeds, from, without } = parse(args)
  return { seeds: whole('--seeds', seeds), from: whole('--from', from), without: without ? ruleOf(without) : null }
}

function parse(args: string[]) {
  try {
    const text = { type: 'string' } as const
    return parseArgs({
      args,
      options: { seeds: { ...text, default: '1000' }, from: { ...text, default: '1' }, without: text },
    }).values
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

const ruleOf = (name: string): Rule =>
  RULES.find((rule) => rule.name === name) ?? refuse(`there is no rule "${name}" to do without`)

function refuse(fault: string): never {
  throw new Error(`${fault}; ${USAGE}`)
}
