/** What the kit rests on, each with the patch that takes it away from a copy of the source, and a seed that shows it. The kit itself knows nothing of them. */
import { at, type Patch, type Rule } from '../simulate/rule.ts'

const kit = (name: string) => at(`client/${name}.ts`)

/** Small, so that short histories have several pages, several lists and something to trim. Part of every run. */
export const SCALE: readonly Patch[] = [
  kit('sync/pages')('const PAGE = 50', 'const PAGE = 5'),
  kit('sync/members')('const PAGE = 50', 'const PAGE = 2'),
  kit('sync/feed')('const LIST_PAGE = 30', 'const LIST_PAGE = 2'),
  kit('sync/resync')('const AT_ONCE = 50', 'const AT_ONCE = 2'),
  kit('open-conversation')('const SCREENFUL = 20', 'const SCREENFUL = 4'),
  kit('store/snapshot')('const CONVERSATIONS = 100', 'const CONVERSATIONS = 3'),
  kit('store/snapshot')('const MESSAGES = 30', 'const MESSAGES = 5'),
]

export const BREAKS: readonly Rule[] = [
  {
    name: 'no-dedupe',
    says: 'what comes twice is dropped',
    patches: [
      kit('once')('return false\n', 'return true\n'),
      kit('store/apply')("if (record.position !== null && seq <= record.position) return 'KNOWN'\n", ''),
    ],
    seed: 1,
  },
  {
    name: 'lost-outbox',
    says: 'what is to be sent outlives the page',
    patches: [
      kit('outbox/outbox')(
        'if (entry) await storage.set(keyOf(id), toKept(entry))',
        'if (entry) await Promise.resolve()',
      ),
    ],
    seed: 1,
  },
  {
    name: 'new-ids',
    says: 'what is sent again has the id that it had',
    patches: [
      kit('outbox/sender')(
        "outbox.change(entry.id, { state: 'pending' })",
        "outbox.change(entry.id, { state: 'pending', clientId: entry.clientId + 1 })",
      ),
    ],
    seed: 1,
  },
  {
    name: 'no-order',
    says: 'in a conversation one thing is sent after the other',
    patches: [kit('outbox/entry')('` : conversationId\n', '` : conversationId + Math.random()\n')],
    seed: 33,
  },
  {
    name: 'no-cursor',
    says: 'after a cut the feed goes on where it was',
    patches: [kit('resuming')('if (event?.cursor) Object.assign', 'if (!event) Object.assign')],
    seed: 1,
  },
  {
    name: 'no-resync',
    says: 'after a resync what the server has forgotten is read again',
    patches: [
      kit('sync/resync')(
        'if (!knownEvents[n] || hidden.size > 0 || hasAnswers) listening.readAgain(id)\n      else if',
        'if',
      ),
    ],
    seed: 3,
  },
  {
    name: 'old-pages',
    says: 'an answer does not undo what was heard since it was asked for',
    patches: [kit('store/store')('if (held && held.touchedAt > heardTo) return held.message\n', '')],
    seed: 163,
  },
  {
    name: 'unknown-sockets',
    says: 'no socket is opened but by the connector',
    patches: [kit('socket')('if (hasEnded) {', 'if (!events) {')],
    seed: 158,
  },
  {
    name: 'forgotten-break',
    says: 'what is to be found out after a break outlives the page',
    patches: [kit('store/snapshot')('  store.heardBefore = snapshot.heardBefore\n', '')],
    seed: 236,
  },
  {
    name: 'overtaken-outbox',
    says: 'what was added since the storage was read is not taken for removed',
    patches: [
      kit('outbox/outbox')('for (const id of wereKept) {', 'for (const id of wereKept.concat(...all.keys())) {'),
    ],
    seed: 481,
  },
]
