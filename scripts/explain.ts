/** For the scripts: a fault that says what to do is printed, any other one shows where it came from. */
import { ChatError, StartError } from '../src/errors.ts'

/** It was called wrongly, and nothing was done: ends with 2. */
export class UsageError extends StartError {}

export async function orExplain(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    process.exitCode = error instanceof UsageError ? 2 : 1
    console.error(error instanceof StartError || error instanceof ChatError ? error.message : error)
  }
}
