/** Every place of the queries that takes an id, a cursor or a text, given those of the hidden worlds. */
import { told } from './alike.ts'
import { emptyHarvest, fewOfEach, harvest, MALFORMED } from './harvest.ts'
import { nestedOperations, type Operation, rootOperations } from './operation.ts'
import { objectsOf } from './printed.ts'
import { about, lists, type Reading, saysSomething } from './read.ts'
import { content, type Fill, type Slot } from './slots.ts'
import { type Foreign, foreignIds, inTurn, oneOfEach, type Stage } from './stage.ts'

/** Of one's own ids that lead to a nested place. */
const MOST_WAYS = 4

/** What needs no id, and what the subject reads by the ids that he found so. */
export async function tryLists(stage: Stage): Promise<void> {
  const { ask, subject, leaks } = stage
  const chosen = rootOperations('query').filter(({ root }) => stage.isChosen(root))
  const found = emptyHarvest()
  const search = ({ operation, variables, answers }: Reading, given: string) => {
    for (const answer of answers) {
      leaks.search(answer, { place: operation.name, given, asked: variables })
      leaks.expectTyped(answer, { place: operation.name, given })
      harvest(answer.data, found)
    }
  }
  for (const reading of await lists(ask, subject, chosen)) search(reading, 'nothing foreign')
  for (const id of new Set([...stage.ownIds, ...fewOfEach(found.ids)]))
    for (const reading of await about(ask, subject, id)) search(reading, 'an id of his own')
}

export async function tryQueries(stage: Stage): Promise<void> {
  const operations = [...rootOperations('query'), ...nestedOperations()].filter(({ root }) => stage.isChosen(root))
  for (const operation of operations)
    for (const slot of operation.ownSlots.filter(({ typeName }) => typeName === 'ID' || typeName === 'String'))
      for (const [nth, rest] of (await waysTo(stage, operation, slot)).entries()) {
        const place = { operation, slot, rest }
        if (slot.typeName === 'String') await tryTexts(stage, place)
        else await tryIds(stage, place, nth === 0 ? foreignIds(stage) : oneOfEach(foreignIds(stage)))
      }
}

interface Place {
  operation: Operation
  slot: Slot
  /** What fills the other slots. */
  rest: Fill
}

async function tryIds(stage: Stage, place: Place, foreign: readonly Foreign[]): Promise<void> {
  const at = { place: place.slot.coordinate }
  const nothing = new Map<string, string>()
  await inTurn([...new Set(foreign.map((each) => each.nothing))], async (id) => {
    if (id !== null) nothing.set(id, told(await give(stage, place, { value: id, given: 'an id of nothing' }), id))
  })
  await inTurn(foreign, async ({ id, given, nothing: like }) => {
    const answer = await give(stage, place, { value: id, given })
    if (like !== null && told(answer, id) !== nothing.get(like))
      stage.leaks.add({ ...at, given, shown: `not as for nothing: ${told(answer, id).slice(0, 300)}` })
  })
  await inTurn(MALFORMED, async (value) => void (await give(stage, place, { value, given: JSON.stringify(value) })))
}

async function tryTexts(stage: Stage, place: Place): Promise<void> {
  const unplanted = 'needle LEAK-00000000-0000-0000-0000-000000000000'
  const nothing = told(await give(stage, place, { value: unplanted, given: 'a text of nothing' }), unplanted)
  const texts = stage.worlds.flatMap(({ words, name }) =>
    fewTexts(words).map((value) => ({ value, given: `a text ${name}` })),
  )
  await inTurn(texts, async ({ value, given }) => {
    const answer = told(await give(stage, place, { value, given }), value)
    if (answer !== nothing)
      stage.leaks.add({ place: place.slot.coordinate, given, shown: `not as for nothing: ${answer.slice(0, 300)}` })
  })
  await inTurn(cursorsFor(stage, place), async (each) => void (await give(stage, place, each)))
}

async function give(
  { ask, subject, leaks }: Stage,
  { operation, slot, rest }: Place,
  { value, given }: { value: string; given: string },
) {
  const asked = operation.variables((each) => (each.key === slot.key ? value : rest(each)))
  const at = { place: slot.coordinate, given, asked }
  const answer = await ask.shallow(subject, operation, asked)
  leaks.search(answer, at)
  leaks.expectTyped(answer, at)
  if (saysSomething(answer, operation))
    for (const each of await ask.persistent(subject, operation, asked)) {
      leaks.search(each, at)
      leaks.expectTyped(each, at)
    }
  return answer
}

/** Own ids on the way to a nested place: those that lead there. */
async function waysTo({ ask, subject, ownIds }: Stage, operation: Operation, tried: Slot): Promise<Fill[]> {
  const plain: Fill = (slot) => (slot.isRequired && slot.typeName !== 'ID' ? content(slot, 'needle') : undefined)
  const onTheWay = new Set(
    operation.slots
      .filter(
        (slot) =>
          slot.typeName === 'ID' && slot.key !== tried.key && (slot.isRequired || !operation.ownSlots.includes(slot)),
      )
      .map(({ key }) => key),
  )
  if (!onTheWay.size) return [plain]
  const ways: Fill[] = []
  for (const id of ownIds) {
    const way: Fill = (slot) => (onTheWay.has(slot.key) ? id : plain(slot))
    const answer = await ask.shallow(subject, operation, operation.variables(way))
    if (tried.isRequired || saysSomething(answer, operation)) ways.push(way)
  }
  return ways.slice(0, MOST_WAYS)
}

const fewTexts = (words: readonly string[]) => [words[0], words.at(-1)].filter((word) => word !== undefined)

/** The first and the last of lists like this one, and one of another sort. */
function cursorsFor({ worlds }: Stage, { operation }: Place) {
  const inside = new Set(
    objectsOf(operation.type).flatMap((type) =>
      Object.values(type.getFields()).flatMap((field) => objectsOf(field.type)),
    ),
  )
  return worlds.flatMap(({ hidden, name }) => {
    const all = [...hidden.cursors].filter(([, coordinate]) =>
      [...inside].some((type) => coordinate === `${type.name}.cursor`),
    )
    return [...new Set([all[0], all.at(-1), [...hidden.cursors][0]])]
      .filter((each) => each !== undefined)
      .map(([value, coordinate]) => ({
        value,
        given: `${coordinate} ${name}`,
      }))
  })
}
