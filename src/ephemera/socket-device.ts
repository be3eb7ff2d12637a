/** A socket as a device: here from its acknowledgement until it is closed, in whichever order the two come. */
import type { Caller } from '../model.ts'
import type { Device, DeviceState, Devices } from './devices.ts'

export interface SocketDevice {
  /** A server key is nobody who could be here. */
  acknowledged(caller: Caller | null): void
  closed(): void
  is(state: DeviceState): void
}

export function socketDevice({ connected }: Pick<Devices, 'connected'>): SocketDevice {
  let device: Device | null = null
  let isClosed = false
  return {
    acknowledged(caller) {
      if (!isClosed && caller?.kind === 'USER') device = connected(caller)
    },
    closed() {
      isClosed = true
      device?.gone()
    },
    is: (state) => device?.is(state),
  }
}
