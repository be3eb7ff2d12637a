/** What keeps positions in order and one life of the database apart from the next: rules 'greatest' to 'drop-read-pages' of the model. */
import { APPEND, at, delivery, here, type Rule, THE_LOG } from './rule.ts'

export const RULES_OF_THE_LOG: readonly Rule[] = [
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
      here('log-port')('return seen', 'return { ...seen, horizon: database.horizonKept() }'),
    ],
    seed: 113,
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
    seed: 452,
  },
  {
    name: 'identity-in-append',
    says: 'append asks whether the server is still the one that the newest epoch tells of',
    patches: [
      at(APPEND)('v_epoch bigint := log_epoch_now();\n  v_', 'v_epoch bigint := log_base();\n  v_'),
      here('writing')('const base = database.epochNow()', 'const base = database.epochOfNewest()'),
    ],
    seed: 91,
  },
  {
    name: 'random-base',
    says: 'an epoch that was forgotten is not begun again under the same name',
    patches: [
      at(THE_LOG)(' + floor(random() * 2 ^ 43)::bigint, i.system_identifier', ', i.system_identifier'),
      here('database')('2n ** 44n + randomBits()', '2n ** 44n + randomBits() * 0n'),
    ],
    seed: 71,
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
    seed: 25,
  },
  // ---------------------------------------------------------------- of another life
  {
    name: 'cursor-epoch',
    says: 'a feed’s cursor is good in its own epoch only',
    patches: [delivery('feed')('after.epoch !== epoch || ', '')],
    seed: 5,
  },
  {
    name: 'epoch-on-bus',
    says: 'an event of another life is not given before what was given is verified',
    patches: [delivery('repair')('if (event.epoch !== epoch)\n', 'if (epoch === null)\n')],
    seed: 80,
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
    seed: 5,
  },
  {
    name: 'verify-readers',
    says: 'each reader is asked for, not his hub alone: he may be ahead of it',
    patches: [delivery('repair')('told: [reader], hub: null', 'told: [], hub: null')],
    seed: 235,
  },
  {
    name: 'drop-read-pages',
    says: 'what was read before another life was met is not given after it',
    patches: [
      delivery('repair')('for (const reader of readers) if (reader.isReplaying) reader.resync()', ''),
      delivery('feed')('if (!hubs.lives(epoch)) {', 'if (events.length < 0) {'),
      delivery('conversation-past')('if (!hubs.lives(epoch)) break', 'if (lives.length < 0) break'),
    ],
    seed: 383,
  },
]
