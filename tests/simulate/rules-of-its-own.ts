/** What the model does not know: pushing, and what runs of this simulation have found. Those that no seed shows any more are tried in src/delivery/*.test.ts. */
import { delivery, type Rule } from './rule.ts'

export const RULES_OF_ITS_OWN: readonly Rule[] = [
  {
    name: 'push-waits',
    says: 'nothing is pushed to a feed’s reader while anything waits for him',
    patches: [
      delivery('feed-live')(
        'if (isIdle && outlet?.isOpen && takesPlain(live))',
        'if (outlet?.isOpen && takesPlain(live))',
      ),
    ],
    seed: 9,
  },
  {
    name: 'conversation-push-waits',
    says: 'nothing is pushed to a conversation’s reader while anything waits for him',
    patches: [
      delivery('conversation-live')('if (this.#isIdle && this.giveAtOnce(live))', 'if (this.giveAtOnce(live))'),
    ],
    seed: 2,
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
    seed: 2,
  },
  {
    name: 'between-his-times',
    says: 'who left and came back is not given the rest of a page from between',
    patches: [
      delivery('conversation-past')('if (next.event.seq <= live.floor) continue', 'if (next.event.seq < 0) continue'),
      delivery('conversation-past')(
        'isAll = false // he has come back: a page that was read since tells of it\n      break',
        '',
      ),
    ],
    seed: 12,
  },
  {
    name: 'joined-is-stored',
    says: 'in another life the event by which he came back must be stored, though he was not given it yet',
    patches: [delivery('conversation-live')('(this.joined && this.joined.seq > last.seq ? [this.joined] : [])', '[]')],
    seed: 7436,
  },
  {
    name: 'begins-after-the-look',
    says: 'a hub does not begin with what was read before the tail looked for those that are behind',
    patches: [delivery('hubs')('hub.last !== null || looks === repair.looks()', 'looks <= repair.looks()')],
    seed: 5808,
  },
  {
    name: 'one-end',
    says: 'a subscription ends once',
    patches: [
      delivery('conversation-listener')("this.ended = 'REVOKED'", "void 'REVOKED'"),
      delivery('conversation-past')('if (!listener.ended && upTo !== null', 'if (upTo !== null'),
      delivery('conversation-past')('if (isOver && !listener.ended) yield', 'if (isOver) yield'),
    ],
    seed: 1297,
  },
  {
    name: 'begins-at-a-place',
    says: 'a feed’s beginning in each stream is verified in another life, as what it gave is',
    patches: [
      delivery('feed')('return { seq, last: { seq, position } }', 'return { seq, last: position < 0n ? null : null }'),
    ],
    seed: 924,
  },
]
