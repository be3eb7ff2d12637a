/** Every subscription, with ids and cursors of the hidden worlds, while more happens in them. */
import type { Actor } from '../actor.ts'
import { withoutGiven } from './alike.ts'
import { refusedPaths } from './ask.ts'
import { createEar, dependsOnViewer, type Ear, type Listening } from './listening.ts'
import { type Operation, rootOperations } from './operation.ts'
import { about } from './read.ts'
import type { Slot } from './slots.ts'
import type { Stage } from './stage.ts'
import { only, type Tried, triedOf } from './tried-subscriptions.ts'

/** What they tell is of users, and holds no word that somebody wrote. */
const WORDLESS = ['presence', 'typing']

const isOfConversation = ({ key }: Slot) => /conversation/i.test(key)

export async function trySubscriptions(stage: Stage & { subject: Actor }): Promise<void> {
  const { subject, worlds, asked } = stage
  const operations = rootOperations('subscription').filter(({ root }) => stage.isChosen(root))
  if (!operations.length) return
  const ear = createEar(asked)
  const tried: Tried[] = []
  for (const operation of operations) tried.push(...triedOf(stage, operation, await heardIds(stage, operation, ear)))
  const shared = await ear(subject, tried, dependsOnViewer)
  const deep = fewAnswered(tried, shared)
  // One refusal would null the whole event.
  const refused = await refusedToMembers(stage)
  const own = await ear(subject, deep, (coordinate) => refused.has(coordinate.split('.')[1] ?? ''))
  const owners = await Promise.all(
    worlds.map(({ owner, conversation }) =>
      ear(
        owner,
        operations.map((operation) => ({
          operation,
          fill: only(operation.slots.filter(isOfConversation), conversation),
        })),
        dependsOnViewer,
      ),
    ),
  )
  const before = worlds.map(({ words }) => words.length)
  for (const world of worlds) await world.stir()
  await fence(stage, [...shared, ...own])
  judge(stage, tried, shared)
  judge(stage, deep, own)
  await expectHeard(stage, owners, before)
}

/** What is refused is so whatever is selected; of the rest a few for each place, as each is executed for itself. */
function fewAnswered(tried: readonly Tried[], heard: readonly Listening[]): Tried[] {
  const answered = tried.filter((_, at) => heard[at]?.frames()[0]?.type === 'next')
  return [...Map.groupBy(answered, ({ place, given }) => `${place} ${/,.*/.exec(given)?.[0]}`).values()].flatMap(
    (all) => all.slice(0, 2),
  )
}

function judge({ leaks }: Stage, tried: readonly Tried[], heard: readonly Listening[]): void {
  const answers = new Map<string, string>()
  for (const [at, { place, given, value }] of tried.entries()) {
    const payloads = (heard[at]?.frames() ?? []).map(({ type, payload }) => ({ type, ...(payload as object) }))
    leaks.search(payloads, { place, given, asked: heard[at]?.variables })
    const answer = JSON.stringify(payloads)
    if (answer.includes('"INTERNAL"')) leaks.add({ place, given, shown: 'an unexpected error' })
    answers.set(`${place} ${value}`, withoutGiven(answer, value))
  }
  for (const { place, given, value, like } of tried) {
    const answer = answers.get(`${place} ${value}`)
    if (like !== null && answers.has(`${place} ${like}`) && answer !== answers.get(`${place} ${like}`))
      leaks.add({ place, given, shown: `not as for nothing: ${answer?.slice(0, 300)}` })
  }
}

/** A check that nobody could fail is none: those who may hear it did. */
async function expectHeard(
  { worlds }: Stage,
  owners: readonly Listening[][],
  before: readonly number[],
): Promise<void> {
  for (const [at, world] of worlds.entries()) {
    const words = world.words.slice(before[at]).filter((_, nth, all) => nth >= all.length - 4)
    for (const { comes, operation } of owners[at] ?? [])
      await comes(
        WORDLESS.includes(operation.root)
          ? ([first]) => first?.type === 'next' && !JSON.stringify(first.payload).includes('"errors"')
          : (frames) => words.every((word) => JSON.stringify(frames).includes(word)),
      )
  }
}

/** Of the subject's own ids those that he may listen to. */
async function heardIds(
  { subject, ownIds }: Stage & { subject: Actor },
  operation: Operation,
  ear: Ear,
): Promise<string[]> {
  const wishes = ownIds.map((id) => ({ operation, fill: only(operation.slots, id) }))
  const heard = await ear(subject, wishes, dependsOnViewer)
  return ownIds.filter((_, at) => heard[at]?.frames()[0]?.type === 'next')
}

/** Names of fields that a member may be refused: one of them would take an event's whole answer with it. */
async function refusedToMembers({ ask, subject, worlds, ownIds }: Stage): Promise<Set<string>> {
  const ids = [...ownIds, ...worlds.filter(({ isRead }) => isRead).map(({ conversation }) => conversation)]
  const refused = new Set<string>()
  for (const id of ids)
    for (const { answers } of await about(ask, subject, id))
      for (const path of answers.flatMap(refusedPaths)) refused.add(path.split('.').at(-1) ?? '')
  return refused
}

/** What happened before is heard, by whoever hears it at all, when the subject's own next event has come. */
async function fence({ subject, newWorld }: Stage & { subject: Actor }, mine: readonly Listening[]): Promise<void> {
  const { conversation } = await newWorld()
  const { id } = await subject.send(conversation, 'the fence')
  const feeds = mine.filter(
    ({ operation, frames }) =>
      !operation.slots.some(({ typeName }) => typeName === 'ID') && frames().every(({ type }) => type === 'next'),
  )
  for (const { comes } of feeds)
    await comes((frames) => frames.some((frame) => frame.type !== 'next' || JSON.stringify(frame).includes(id)))
}
