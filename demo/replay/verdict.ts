/** Compares with the file what each reader got and what is stored. Shares no code with the server: it knows the API and the file. */
import type { Line } from './conversation.ts'
import type { History } from './history.ts'
import { judgeLate, type LateEvidence } from './judge-late.ts'
import { judgeMessages } from './judge-messages.ts'
import { countPreviews, type Previews } from './judge-previews.ts'
import { judgeReader } from './judge-reader.ts'
import type { ReaderRecord } from './reader.ts'
import type { Sending } from './send-lines.ts'
import type { Sight, Stored } from './sight.ts'

export interface Evidence {
  conversationId: string
  lines: readonly Line[]
  /** One a line. */
  sendings: readonly Sending[]
  readers: readonly ReaderRecord[]
  /** Of a member from the beginning. */
  history: History
  late: LateEvidence
}

export interface Verdict {
  faults: string[]
  cuts: number
  cutsInReplay: number
  /** Sends that were repeated and are stored once. */
  repeatsAbsorbed: number
  /** Events that feeds gave again after a cut, each judged like any other. */
  feedRepeats: number
  previews: Previews
  /** Messages that who joined in the middle got, by that of his subscriptions that gave less. */
  gotByLate: number
}

const CUTS_OF_EACH = 10
const CUTS_OF_LATE = 4

export function judge({ conversationId, lines, sendings, readers, history, late }: Evidence): Verdict {
  const stored: Stored[] = lines.map((line, index) => ({ line, ...lastAnswer(sendings[index]) }))
  const sightOfLate: Sight = { stored, from: late.joinedAfter }
  const all: Sight = { stored, from: 0 }
  const readings = readers.map((record) => {
    const sight = { stored, from: record.joinedAfter }
    return { sight, ...judgeReader(record, { conversationId, sight }) }
  })
  const cuts = readers.flatMap((record) => record.cuts)
  return {
    faults: [
      ...sendings.flatMap(judgeSending),
      ...judgeMessages(all, history.forwards).map((fault) => `history paged forwards: ${fault}`),
      ...judgeMessages(all, history.backwards).map((fault) => `history paged backwards: ${fault}`),
      ...readings.flatMap(({ faults }) => faults),
      ...readers.flatMap(judgeCuts),
      ...judgeLate(sightOfLate, late),
    ],
    cuts: cuts.length,
    cutsInReplay: cuts.filter(({ inReplay }) => inReplay).length,
    repeatsAbsorbed: sendings.filter(({ times }, index) => times === 2 && isOnce(history, stored[index]?.id)).length,
    feedRepeats: readings.reduce((sum, reading) => sum + reading.feedRepeats, 0),
    previews: countPreviews(stored, [
      ...readings,
      ...[history.forwards, history.backwards].map((messages) => ({ sight: all, messages })),
      ...[late.view.history.forwards, late.view.history.backwards].map((messages) => ({
        sight: sightOfLate,
        messages,
      })),
    ]),
    gotByLate: Math.min(...readings.filter(({ sight }) => sight.from > 0).map(({ messages }) => messages.length)),
  }
}

function lastAnswer(sending: Sending | undefined): { id: string; seq: number } {
  const { id = '', seq = 0 } = sending?.answers.at(-1) ?? {}
  return { id, seq }
}

/** The first answer is of the message; a second one gives the same back and says so. Where the first was lost, either may have stored it. */
function judgeSending({ times, isFirstLost, isFirstUncertain, answers }: Sending, index: number): string[] {
  const [first, second] = answers
  const at = `the send of line ${index + 1}`
  if (!first || answers.length !== times - (isFirstLost ? 1 : 0)) return [`${at} got ${answers.length} answers`]
  if (isFirstLost) return []
  if (first.deduplicated && !isFirstUncertain) return [`${at} was taken for a repeat`]
  if (!second) return []
  if (!second.deduplicated) return [`${at} was not known again when repeated`]
  return second.id === first.id && second.seq === first.seq ? [] : [`${at} gave another message when repeated`]
}

function judgeCuts({ name, cuts, joinedAfter }: ReaderRecord): string[] {
  const inReplay = cuts.filter((cut) => cut.inReplay).length
  if (cuts.length >= (joinedAfter > 0 ? CUTS_OF_LATE : CUTS_OF_EACH) && inReplay * 2 >= cuts.length) return []
  return [`${name} was cut ${cuts.length} times, ${inReplay} of them in a replay: too few to prove anything`]
}

function isOnce({ forwards, backwards }: History, id: string | undefined): boolean {
  return [forwards, backwards].every((messages) => messages.filter((message) => message.id === id).length === 1)
}
