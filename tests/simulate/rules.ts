/**
 * What delivery rests on, each with the patch that takes it away from a copy of the source and a seed that shows it. A rule that lives in SQL is taken
 * away from the statement and, for the run, from what stands in for it here. A patch that no longer fits exactly once is stale, and stops the run.
 */
export interface Patch {
  file: string
  find: string
  put: string
}

export interface Rule {
  name: string
  /** What is no longer so without it. */
  says: string
  patches: readonly Patch[]
  /** One of those that show it. */
  seed: number
}

const THE_LOG = 'prisma/migrations/20261124000000_the_log/migration.sql'
const APPEND = 'prisma/migrations/20261124160000_conversations/migration.sql'
const at =
  (file: string) =>
  (find: string, put: string): Patch => ({ file, find, put })
const delivery = (name: string) => at(`src/delivery/${name}.ts`)
const here = (name: string) => at(`tests/simulate/${name}.ts`)

/** Small, so that short histories have full pages and full queues. Part of every run. */
export const SCALE: readonly Patch[] = [
  delivery('log')('export const PAGE = 300', 'export const PAGE = 3'),
  delivery('conversation-events')('export const QUEUE_LIMIT = 1_024', 'export const QUEUE_LIMIT = 5'),
]

export const RULES: readonly Rule[] = [
  // ---------------------------------------------------------------- of the database
  {
    name: 'greatest',
    says: 'an event is never below its stream’s last position',
    patches: [
      at(APPEND)(
        'greatest(pg_current_xact_id()::text::bigint + v_epoch, s.last_position)',
        'pg_current_xact_id()::text::bigint + v_epoch',
      ),
      at(APPEND)('greatest(v_position, j.last_position) as new_position', 'v_position as new_position'),
      here('writing')('own > last.position ? own : last.position', 'own'),
    ],
    seed: 1,
  },
  {
    name: 'stable-horizon',
    says: 'the horizon is of the same snapshot as the rows beside it',
    patches: [
      at(THE_LOG)(
        'create function log_horizon() returns bigint stable',
        'create function log_horizon() returns bigint volatile',
      ),
      here('log-port')('horizon,\n          isHeld,', 'horizon: 0n,\n          isHeld,'),
      here('log-port')(
        'return ask(() => {\n        const epoch = database.epochSeen()\n        const horizon = database.horizonKept()',
        'const rows = await ask(() => {\n        const epoch = database.epochSeen()',
      ),
      here('log-port')(
        'streamId, seq })),\n        }\n      })\n    },',
        'streamId, seq })),\n        }\n      })\n      return { ...rows, horizon: database.horizonKept() }\n    },',
      ),
    ],
    seed: 1,
  },
  {
    name: 'clamp',
    says: 'a horizon that leaves the database is no more than the newest position and one',
    patches: [
      at(THE_LOG)(
        'select least(log_horizon(), coalesce((select position from log_event order by position desc limit 1), log_base()) + 1)',
        'select log_horizon()',
      ),
      here('database')('return horizon < newest ? horizon : newest', 'return newest < 0n ? newest : horizon'),
    ],
    seed: 1,
  },
  {
    name: 'identity-in-append',
    says: 'append asks whether the server is still the one that the newest epoch tells of',
    patches: [
      at(APPEND)('v_epoch bigint := log_epoch_now();\n  v_', 'v_epoch bigint := log_base();\n  v_'),
      here('writing')('const base = database.epochNow()', 'const base = database.epochOfNewest()'),
    ],
    seed: 1,
  },
  {
    name: 'random-base',
    says: 'an epoch that was forgotten is not begun again under the same name',
    patches: [
      at(THE_LOG)(' + floor(random() * 2 ^ 43)::bigint, i.system_identifier', ', i.system_identifier'),
      here('database')('2n ** 44n + randomBits()', '2n ** 44n + randomBits() * 0n'),
    ],
    seed: 1,
  },
  {
    name: 'raise-by-hand',
    says: 'who copies a data folder begins an epoch by hand',
    patches: [
      at('scripts/epoch.ts')(
        'select log_epoch_now(); select log_epoch_raise((select max(n) + 1 from log_epoch))',
        'select log_epoch_now()',
      ),
      here('database')("      raise('by hand')\n", ''),
    ],
    seed: 1,
  },
  // ---------------------------------------------------------------- of another life
  {
    name: 'cursor-epoch',
    says: 'a feed’s cursor is good in its own epoch only',
    patches: [delivery('feed')('after.epoch !== epoch || ', '')],
    seed: 1,
  },
  {
    name: 'epoch-on-bus',
    says: 'an event of another life is not given before what was given is verified',
    patches: [delivery('repair')('if (event.epoch !== epoch)\n', 'if (epoch === null)\n')],
    seed: 1,
  },
  {
    name: 'verify',
    says: 'a node that meets another life asks what of that which it gave is still stored',
    patches: [
      delivery('repair')(
        'else if (page.epoch !== epoch) await meet(page.epoch)',
        'else epoch = meet.length ? page.epoch : null',
      ),
    ],
    seed: 1,
  },
  {
    name: 'verify-readers',
    says: 'each reader is asked for, not his hub alone: he may be ahead of it',
    patches: [delivery('repair')('for (const { reader } of lost) reader?.resync()', '')],
    seed: 1,
  },
  {
    name: 'drop-read-pages',
    says: 'what was read before another life was met is not given after it',
    patches: [
      delivery('repair')('for (const reader of readers) if (reader.isReplaying) reader.resync()', ''),
      delivery('feed')('if (!hubs.lives(epoch)) {', 'if (events.length < 0) {'),
      delivery('conversation-events')('if (!hubs.lives(epoch)) break', 'if (events.length < 0) break'),
    ],
    seed: 1,
  },
  // ---------------------------------------------------------------- of hubs and their readers
  {
    name: 'idle-hub-follows',
    says: 'a hub that is kept without readers goes on following',
    patches: [
      delivery('hub')(
        'if (!this.last || event.seq > this.last.seq + 1)',
        "if (!this.readers.size) return 'KNOWN'\n    if (!this.last || event.seq > this.last.seq + 1)",
      ),
      delivery('repair')(
        '[...holes].filter((hub) => hub.last)',
        '[...holes].filter((hub) => hub.last && hub.readers.size)',
      ),
    ],
    seed: 1,
  },
  {
    name: 'watermark',
    says: 'a cursor holds what was given for certain, not what is stored by now',
    patches: [
      delivery('repair')('if (await fill()) horizon = page.horizon', 'horizon = page.horizon\n    await fill()'),
    ],
    seed: 1,
  },
  {
    name: 'watermark-waits',
    says: 'the watermark of a reader for whom anything waits stands still',
    patches: [delivery('feed-live')('mark: isLive ? now() : null', 'mark: now()')],
    seed: 1,
  },
  {
    name: 'merged-replay',
    says: 'a replay gives all streams in the one order of positions',
    patches: [
      delivery('log')(
        'order by e.position, e.stream_id, e.seq limit ${PAGE}\n        ) e on true',
        'order by e.stream_id, e.seq limit ${PAGE}\n        ) e on true',
      ),
      here('log-port')(
        'one.position !== other.position\n',
        'one.streamId === other.streamId && one.position !== other.position\n',
      ),
    ],
    seed: 1,
  },
  {
    name: 'inclusive',
    says: 'a replay begins with the position of the watermark, not after it',
    patches: [delivery('feed')('given(event.position)\n', 'given(event.position + 1n)\n')],
    seed: 1,
  },
  {
    name: 'ended-memberships',
    says: 'a feed tells the rest of a membership that has ended since',
    patches: [
      at('src/conversations/memberships.ts')(
        '(m.left_position is null or m.left_position >= ${endedSince})',
        'm.left_position is null',
      ),
      here('people-ports')(
        'leftPosition === null || leftPosition >= endedSince',
        'leftPosition === null || leftPosition < 0n',
      ),
    ],
    seed: 1,
  },
  {
    name: 'join-again',
    says: 'a window that is opened again is read from its first event',
    patches: [
      delivery('feed-windows')(
        'if (!stream.windows.some((window) => window.from === seq)) {',
        'if (!stream.windows.length) {',
      ),
    ],
    seed: 1,
  },
  // ---------------------------------------------------------------- not of the model: of pushing, and what a run has found
  {
    name: 'push-waits',
    says: 'nothing is pushed to a feed’s reader while anything waits for him',
    patches: [
      delivery('feed-live')(
        'if (isIdle && outlet?.isOpen && takesPlain(live))',
        'if (outlet?.isOpen && takesPlain(live))',
      ),
    ],
    seed: 1,
  },
  {
    name: 'conversation-push-waits',
    says: 'nothing is pushed to a conversation’s reader while anything waits for him',
    patches: [
      delivery('conversation-events')(
        'if (isIdle && outlet?.isOpen && isPlain(live.event))',
        'if (outlet?.isOpen && isPlain(live.event))',
      ),
    ],
    seed: 1,
  },
  {
    name: 'overflow-reads-again',
    says: 'a feed whose queue was full reads the rest from the log',
    patches: [
      delivery('feed-live')(
        'queue.push({ live, mark: isLive ? now() : null })) hasOverflowed = true',
        'queue.push({ live, mark: isLive ? now() : null })) hasOverflowed = false',
      ),
    ],
    seed: 1,
  },
  {
    name: 'between-his-times',
    says: 'who left and came back is not given the rest of a page from between',
    patches: [delivery('conversation-events')('if (event.seq <= floor) continue', 'if (event.seq < 0) continue')],
    seed: 1,
  },
  {
    name: 'one-end',
    says: 'a subscription ends once',
    patches: [delivery('conversation-events')("ended = 'REVOKED'", "void 'REVOKED'")],
    seed: 1,
  },
]
