/** CPU time of a process and all that it has started, from /proc: of servers, which cannot be asked themselves. */
import { readdirSync, readFileSync } from 'node:fs'

/** The kernel tells in ticks of 1/100 s, whatever its own clock is. */
const TICKS_PER_SECOND = 100

interface Stat {
  pid: number
  parent: number
  /** Its own, and that of children which have ended and were waited for. */
  seconds: number
}

/** Children that end while their parent lives are not lost: the kernel adds their time to his. */
export function cpuSecondsOfTree(root: number): number {
  const stats = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? [])
  const secondsOf = (pid: number): number => {
    const children = stats.filter(({ parent }) => parent === pid).map((child) => secondsOf(child.pid))
    return children.reduce((sum, each) => sum + each, stats.find((each) => each.pid === pid)?.seconds ?? 0)
  }
  return secondsOf(root)
}

export function parentOf(pid: number): number {
  const stat = statOf(pid)
  if (!stat) throw new Error(`expected a process ${pid} of this machine, which has a /proc`)
  return stat.parent
}

function statOf(pid: number): Stat | null {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return null // it has ended since the folder was read
  }
  // The name, in parentheses, may hold anything: what follows it counts from field 3.
  const fields = text.slice(text.lastIndexOf(') ') + 2).split(' ')
  const [userTime, systemTime, childrenUser, childrenSystem] = fields.slice(11, 15).map(Number)
  const ticks = (userTime ?? 0) + (systemTime ?? 0) + (childrenUser ?? 0) + (childrenSystem ?? 0)
  return { pid, parent: Number(fields[1]), seconds: ticks / TICKS_PER_SECOND }
}
