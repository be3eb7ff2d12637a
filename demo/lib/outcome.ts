/** How every demo ends: a last line of PASS (exit 0), FAIL (1: the product is at fault) or ERROR (2: it could not run at all). */

export interface Outcome {
  /** What was done, for the line of PASS. */
  summary: string
  faults: readonly string[]
}

/** The demo cannot run at all: a bad flag, an unreadable file, a server that does not start. */
export class CannotRun extends Error {
  override name = 'CannotRun'
}

const SHOWN = 20
const IN_LAST_LINE = 3

export async function conclude(run: () => Promise<Outcome>): Promise<never> {
  try {
    const { summary, faults } = await run()
    if (faults.length === 0) end(0, `PASS ${summary}`)
    for (const fault of faults.slice(0, SHOWN)) console.log(`  - ${fault}`)
    const more = faults.length - IN_LAST_LINE
    end(1, `FAIL ${faults.slice(0, IN_LAST_LINE).join('; ')}${more > 0 ? `; and ${more} more` : ''}`)
  } catch (error) {
    // Anything but CannotRun is a defect of the demo itself, which proves nothing about the product: where it came from is shown.
    const [first = '', ...rest] = (error instanceof CannotRun ? error.message : String(error)).trim().split('\n')
    for (const line of error instanceof Error && !(error instanceof CannotRun) ? [error.stack] : rest) console.log(line)
    end(2, `ERROR ${first}`)
  }
}

function end(code: number, lastLine: string): never {
  console.log(lastLine)
  process.exit(code)
}
