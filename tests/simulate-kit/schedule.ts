/** What happens in a run, drawn from its seed before it begins: so that steps can be left out, and the rest stays as it was. */
import { type Random, random } from '../support/adversary.ts'

/** What somebody does in a tab. */
const ACTS = {
  send: 20,
  edit: 4,
  remove: 2,
  hide: 2,
  react: 5,
  unreact: 3,
  read: 6,
  open: 8,
  close: 3,
  older: 6,
  newer: 3,
  around: 3,
  fill: 3,
  newest: 3,
  members: 2,
  list: 2,
  retry: 1,
  discard: 1,
  kill: 2,
  reload: 2,
  offline: 2,
  online: 4,
  reconnect: 1,
} as const

/** What others do, and what becomes of network and server. */
const EVENTS = {
  say: 26,
  change: 6,
  join: 2,
  leave: 2,
  cut: 5,
  stall: 2,
  goodbye: 4,
  drain: 3,
  down: 1,
  up: 4,
  degrade: 2,
  recover: 4,
  refuseTokens: 1,
  expiring: 1,
  expire: 1,
  backUp: 2,
  restore: 1,
  fullStorage: 1,
} as const

export type Act = keyof typeof ACTS
export type Happening = keyof typeof EVENTS

export interface Step {
  what: Act | Happening
  waitMs: number
  /** From 0 to 1: which of those that there are. */
  who: number
  which: number
  how: number
}

const BAG = Object.entries({ ...ACTS, ...EVENTS }).flatMap(([what, times]) =>
  Array<string>(times).fill(what),
) as Step['what'][]

export const isAct = (what: Step['what']): what is Act => what in ACTS

export function scheduleOf(seed: number): Step[] {
  const dice = random(seed)
  const { next, below, pick } = dice
  return Array.from({ length: 20 + below(60) }, () => ({
    ...{ what: pick(BAG), waitMs: gap(dice), who: next(), which: next(), how: next() },
  }))
}

function gap({ next, below }: Random): number {
  const what = next()
  if (what < 0.5) return below(40)
  if (what < 0.85) return below(400)
  return below(what < 0.97 ? 4_000 : 30_000)
}
