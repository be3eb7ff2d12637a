/** A socket as a device: here from its acknowledgement until it is closed, in whichever order the two come. */
import type { Caller } from '../model.ts'
import type { Device, DeviceState, Devices } from './devices.ts'

export class SocketDevice {
  readonly #devices: Pick<Devices, 'connected'>
  #device: Device | null = null
  #isClosed = false

  constructor(devices: Pick<Devices, 'connected'>) {
    this.#devices = devices
  }

  /** A server key is nobody who could be here. */
  acknowledged(caller: Caller | null): void {
    if (!this.#isClosed && caller?.kind === 'USER') this.#device = this.#devices.connected(caller)
  }

  closed(): void {
    this.#isClosed = true
    this.#device?.gone()
  }

  is(state: DeviceState): void {
    this.#device?.is(state)
  }
}
