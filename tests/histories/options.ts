/** What the command line says. */
import { parseArgs } from 'node:util'
import { type Breakage, breakages } from './breakage.ts'

export const databases = ['pglite', 'postgres'] as const
export type DatabaseKind = (typeof databases)[number]

export interface Options {
  seed: number
  runs: number
  /** With which to begin. */
  from: number
  operations: number
  breakage: Breakage | null
  /** null: postgres where there is one. */
  database: DatabaseKind | null
}

const USAGE = `usage: npm run test:histories -- [--seed S] [--runs N] [--from RUN] [--operations N] [--database ${databases.join('|')}] [--break ${Object.keys(breakages).join('|')}]`

/** Throws a sentence with the usage. */
export function readOptions(args: string[]): Options {
  const { values } = parse(args)
  const { break: breakage, database } = values
  return {
    seed: whole('--seed', values.seed, 0),
    runs: whole('--runs', values.runs, 1),
    from: whole('--from', values.from, 1),
    operations: whole('--operations', values.operations, 1),
    breakage: breakage === undefined ? null : oneOf('--break', breakage, Object.keys(breakages) as Breakage[]),
    database: database === undefined ? null : oneOf('--database', database, databases),
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        seed: { type: 'string', default: '1' },
        runs: { type: 'string', default: '5' },
        from: { type: 'string', default: '1' },
        operations: { type: 'string', default: '2000' },
        break: { type: 'string' },
        database: { type: 'string' },
      },
    })
  } catch (error) {
    return refuse((error as Error).message)
  }
}

function whole(flag: string, text: string, least: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  return Number.isInteger(value) && value >= least && value < 2 ** 32
    ? value
    : refuse(`${flag} must be a whole number from ${least} on, not "${text}"`)
}

const oneOf = <Name extends string>(flag: string, text: string, names: readonly Name[]): Name =>
  names.find((name) => name === text) ?? refuse(`${flag} must be ${names.join(', ')}, not "${text}"`)

function refuse(fault: string): never {
  throw new Error(`${fault}; ${USAGE}`)
}
