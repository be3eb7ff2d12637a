/** Where a bench runs, for its header. */
import { availableParallelism, loadavg } from 'node:os'

/** To be asked before anything starts: the load is of others then, and a machine that is busy already measures itself. */
export function machine(): string {
  const [load = 0] = loadavg()
  return `${availableParallelism()} cores, load ${load.toFixed(1)} before the start; Node.js ${process.version}`
}
