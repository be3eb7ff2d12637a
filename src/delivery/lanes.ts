/** The lanes of one hub: those who are written the same are in one. */
import type { Live, Passing } from './delivered.ts'
import { Lane, type LaneReader } from './lane.ts'
import type { Outlet } from './source.ts'

export class Lanes {
  readonly #lanes = new Map<object, Lane>()
  readonly #laneOf = new Map<LaneReader, Lane>()

  /** `left`: he has left it, whoever wished it. */
  enter(reader: LaneReader, outlet: Outlet, left: () => void): void {
    const { group } = outlet
    const lane = this.#lanes.get(group) ?? new Lane(outlet.broadcast())
    this.#lanes.set(group, lane)
    this.#laneOf.set(reader, lane)
    lane.enter(reader, outlet, () => {
      this.#laneOf.delete(reader)
      if (lane.isEmpty && this.#lanes.get(group) === lane) this.#lanes.delete(group)
      left()
    })
  }

  leave(reader: LaneReader): void {
    this.#laneOf.get(reader)?.leave(reader)
  }

  /** Before the hub gives it: whoever is to hear it for himself leaves. */
  makeWay(live: Live): void {
    for (const lane of [...this.#lanes.values()]) lane.makeWay(live)
  }

  hear(live: Live): void {
    for (const lane of this.#lanes.values()) lane.hear(live)
  }

  overhear(passing: Passing): void {
    for (const lane of this.#lanes.values()) lane.overhear(passing)
  }
}
