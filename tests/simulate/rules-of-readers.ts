/**
 * What keeps a reader complete and in order: the model's other rules but 'idle-hub-follows'. Here a hub that lags is no danger: its horizon moves on
 * only after its holes are filled, and who joins it reads the log himself from then on.
 */
import { at, delivery, here, type Rule } from './rule.ts'

export const RULES_OF_READERS: readonly Rule[] = [
  {
    name: 'watermark',
    says: 'a cursor holds what was given for certain, not what is stored by now',
    patches: [
      delivery('repair')('if (await fill()) horizon = page.horizon', 'horizon = page.horizon\n    await fill()'),
    ],
    seed: 290,
  },
  {
    name: 'watermark-waits',
    says: 'the watermark of a reader for whom anything waits stands still',
    patches: [delivery('feed')('if (heard?.mark) live.moveMark(heard.mark)', 'if (heard) live.moveMark(hubs.mark())')],
    seed: 39,
  },
  {
    name: 'merged-replay',
    says: 'a replay gives all streams in the one order of positions',
    patches: [
      delivery('log')('order by e.position, e.stream_id, e.seq limit', 'order by e.stream_id, e.seq limit'),
      here('log-port')(
        'one.position !== other.position\n',
        'one.streamId === other.streamId && one.position !== other.position\n',
      ),
    ],
    seed: 4,
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
        'm.left_position is null or m.left_position >=',
        'm.left_position is null and 0 <=',
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
    seed: 4,
  },
]
