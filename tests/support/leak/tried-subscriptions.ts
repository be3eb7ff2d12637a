/** What a subscription is tried with: ids of the hidden worlds, and cursors that were somebody else's. */
import { MALFORMED } from './harvest.ts'
import type { Wish } from './listening.ts'
import type { Operation } from './operation.ts'
import type { Fill, Slot } from './slots.ts'
import { foreignIds, type Stage } from './stage.ts'

export interface Tried extends Wish {
  place: string
  given: string
  /** Told like this one. */
  like: string | null
  value: string
}

export function triedOf(stage: Stage, operation: Operation, ownIds: readonly string[]): Tried[] {
  const { worlds } = stage
  const idSlots = operation.slots.filter(({ typeName }) => typeName === 'ID')
  const texts = operation.slots.filter(({ typeName }) => typeName === 'String')
  const bare = {
    operation,
    place: operation.name,
    given: 'nothing foreign',
    like: null,
    value: '',
    fill: () => undefined,
  }
  const withCursors = (fill: Fill, given: string) =>
    texts.flatMap((text) =>
      worlds.flatMap(({ hidden, name }) =>
        fewCursors(hidden.cursors, operation).map(
          (value): Tried => ({
            ...bare,
            place: text.coordinate,
            given: `a cursor ${name}${given}`,
            value,
            fill: (slot) => (slot.key === text.key ? value : fill(slot)),
          }),
        ),
      ),
    )
  if (!idSlots.length) return [bare, ...withCursors(() => undefined, '')]
  const giving = (idSlot: Slot, { value, given, like }: Pick<Tried, 'value' | 'given' | 'like'>): Tried => ({
    ...bare,
    place: idSlot.coordinate,
    given,
    value,
    like,
    fill: only([idSlot], value),
  })
  const foreign = foreignIds(stage)
  const nothings = new Set(foreign.map(({ nothing }) => nothing).filter((id) => id !== null))
  // Each alone, where there are several: they are ways to say it.
  return [
    ...idSlots.flatMap((idSlot) => [
      ...foreign.map(({ id, given, nothing, world }) =>
        giving(idSlot, { value: id, given, like: world.isKnown && id === world.conversation ? null : nothing }),
      ),
      ...[...nothings, ...MALFORMED].map((id) => giving(idSlot, { value: id, given: JSON.stringify(id), like: null })),
    ]),
    ...worlds
      .filter(({ isRead }) => !isRead)
      .flatMap(({ conversation, hidden, name }) =>
        texts.flatMap((text) =>
          fewCursors(hidden.cursors, operation).map(
            (value): Tried => ({
              ...bare,
              place: text.coordinate,
              given: `its own cursor, ${name}`,
              value,
              fill: (slot) => (slot.key === text.key ? value : slot.key === idSlots[0]?.key ? conversation : undefined),
            }),
          ),
        ),
      ),
    ...ownIds.flatMap((id) => withCursors(only(idSlots, id), ', in his own')),
  ]
}

/** Of this subscription the first and the newest, and one of each other sort. */
function fewCursors(cursors: ReadonlyMap<string, string>, { root }: Operation): string[] {
  const own = [...cursors].filter(([, from]) => from === root)
  const others = Map.groupBy(
    [...cursors].filter(([, from]) => from !== root),
    ([, from]) => from.includes('.'),
  )
  const chosen = [own[0], own.at(-1), ...[...others.values()].map(([first]) => first)]
  return [...new Set(chosen.filter((each) => each !== undefined).map(([cursor]) => cursor))]
}

export const only = (slots: readonly Slot[], value: string): Fill => {
  const keys = new Set(slots.filter(({ typeName }) => typeName === 'ID').map(({ key }) => key))
  return ({ key }) => (keys.has(key) ? value : undefined)
}
