/** The lanes of one hub: those who are written the same are in one. */
import type { Live, Passing } from './delivered.ts'
import { Lane, type LaneReader, type OfLanes } from './lane.ts'
import type { Outlet } from './source.ts'

export class Lanes implements OfLanes {
  /** Few, but for readers who each ask something else: a list of just so many is the smallest that holds them. */
  #lanes: readonly Lane[] = []
  readonly #told: OfLanes

  constructor(told: OfLanes) {
    this.#told = told
  }

  enter(reader: LaneReader, outlet: Outlet): void {
    const known = this.#lanes.find(({ group }) => group === outlet.group)
    const lane = known ?? new Lane(outlet, this)
    if (!known) this.#lanes = [...this.#lanes, lane]
    lane.enter(reader, outlet)
  }

  left(reader: LaneReader, lane: Lane): void {
    if (lane.isEmpty) this.#lanes = this.#lanes.filter((each) => each !== lane)
    this.#told.left(reader, lane)
  }

  /** Before the hub gives it: whoever is to hear it for himself leaves. */
  makeWay(live: Live): void {
    for (const lane of this.#lanes) lane.makeWay(live)
  }

  hear(live: Live): void {
    for (const lane of this.#lanes) lane.hear(live)
  }

  overhear(passing: Passing): void {
    for (const lane of this.#lanes) lane.overhear(passing)
  }
}
