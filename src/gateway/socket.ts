/** A socket as the gateway's core knows it: no library in it, so that another runtime is one more adapter file. */
import type { IncomingMessage } from 'node:http'

export interface Socket {
  readonly request: IncomingMessage
  /** The sub-protocol that was agreed on; empty when there was none. */
  readonly protocol: string
  /** Text frames, in order. Resolves when they were handed to the system or the socket is gone: who waits for it is slowed down by a slow reader. */
  write(frames: readonly string[]): Promise<void>
  /** Bytes that were written and not yet handed to the system. */
  readonly bufferedBytes: number
  close(code: number, reason: string): void
  /** The handler's rejection closes the socket with 4500. */
  onMessage(handle: (text: string) => Promise<void>): void
  onClose(handle: (code: number, reason: string) => void): void
}
