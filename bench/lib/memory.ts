/** Memory of a process that it holds in RAM, from /proc. */
import { readFileSync } from 'node:fs'

export function rssBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  if (!kilobytes) throw new Error(`expected a process ${pid} of this machine, which has a /proc`)
  return Number(kilobytes) * 1_024
}
