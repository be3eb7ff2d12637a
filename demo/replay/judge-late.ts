/** Who joined in the middle is shown what was stored since, wherever he asks, and nothing from before. */
import { clientMessageIdOf, type SeenMessage } from './frames.ts'
import { judgeMessages } from './judge-messages.ts'
import type { LateView, TimelineItem } from './late-view.ts'
import type { Sight } from './sight.ts'

/** What the verdict is made of, besides what he got by his subscriptions. */
export interface LateEvidence {
  joinedAfter: number
  /** The lines that were pinned: newest pin first, the one of the first line he sees being the newest. */
  pins: readonly number[]
  /** By client message ids, as the host sees them. */
  hostsPinned: readonly string[]
  view: LateView
}

export function judgeLate(sight: Sight, { pins, hostsPinned, view }: LateEvidence): string[] {
  const { history, timeline, lookups, unread, pinned } = view
  const { stored, from } = sight
  const all = pins.map(clientMessageIdOf)
  const his = pins.filter((index) => index >= from).map(clientMessageIdOf)
  const notices = ['MemberJoined', 'MessagePinned of nothing', ...his.map((id) => `MessagePinned of ${id}`)]
  const got = stored.length - from
  return [
    ...judgeMessages(sight, history.forwards).map((fault) => `history paged forwards: ${fault}`),
    ...judgeMessages(sight, history.backwards).map((fault) => `history paged backwards: ${fault}`),
    ...judgeMessages(sight, timeline.filter(isMessage)).map((fault) => `timeline: ${fault}`),
    ...differ('the timeline has the notices', timeline.filter(isNotice).map(describe), notices),
    ...lookups.flatMap(({ by, index, id }) =>
      differ(`${by} finds of line ${index + 1}`, [id], [index < from ? null : (stored[index]?.id ?? null)]),
    ),
    ...differ('unread are', [unread], [got]),
    ...differ('pinned are', pinned, his),
    ...differ('pinned are for the host', hostsPinned, all),
  ].map((fault) => `late reader: ${fault}`)
}

const isMessage = (item: TimelineItem): item is { __typename: 'Message' } & SeenMessage => item.__typename === 'Message'

const isNotice = (item: TimelineItem): item is Exclude<TimelineItem, SeenMessage> => item.__typename !== 'Message'

const describe = ({ __typename, pinned }: Exclude<TimelineItem, SeenMessage>): string =>
  pinned === undefined ? __typename : `${__typename} of ${pinned?.clientMessageId ?? 'nothing'}`

function differ(what: string, shown: readonly unknown[], expected: readonly unknown[]): string[] {
  const [one, other] = [shown, expected].map((list) => list.map((each) => each ?? 'nothing').join(', ') || 'none')
  return one === other ? [] : [`${what} ${one}, not ${other}`]
}
