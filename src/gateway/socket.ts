/** A socket as the gateway's core knows it: no library in it, so that another runtime is one more adapter file. */

/** A text frame in two parts: what is the socket's own, and what many sockets share. Neither is changed once it is written. */
export interface Frame {
  readonly head: Buffer
  readonly body: Buffer
}

export interface Socket {
  /** The sub-protocol that was agreed on; empty when there was none. */
  readonly protocol: string
  /** Text frames, in order and together: one call of the system. Nothing is written once the socket closes. */
  write(frames: readonly Frame[]): void
  /** The same with one head for all. To be called with the same array for one socket after the other: what they share is put together once. */
  writeAll(head: Buffer, bodies: readonly Buffer[]): void
  /** Bytes that were written and not yet handed to the system. */
  readonly bufferedBytes: number
  /** After all that was written; cut off when the other side does not answer in time. */
  close(code: number, reason: string): void
  /** The handler's rejection closes the socket with 4500. */
  onMessage(handle: (text: string) => Promise<void>): void
  /** Whenever the system has taken all that was written. */
  onDrain(handle: () => void): void
  onClose(handle: (code: number, reason: string) => void): void
}
