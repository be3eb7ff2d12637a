/** How a check of our own ends: a line per fault, and failure if there is one. */
export function report(faults: string[]): void {
  for (const fault of faults) console.log(fault)
  if (faults.length > 0) process.exitCode = 1
}
