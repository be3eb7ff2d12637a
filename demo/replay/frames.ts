/** What a reader's raw frame says. */

/** What a reply shows of the message that it answers. */
export interface Preview {
  id: string
  text: string
  author: { name: string }
}

export interface SeenMessage {
  id: string
  seq: number
  text: string
  clientMessageId: string
  author: { name: string }
  replyTo: Preview | null
}

export interface SeenEvent {
  __typename: string
  cursor: string
  /** Of log events only. */
  id?: string
  seq?: number
  conversation?: { id: string }
  message?: SeenMessage
  /** Of MessagePinned. */
  pinned?: Pick<SeenMessage, 'clientMessageId'> | null
}

/** An event; null for a frame of the protocol; or text that no reader should get. */
export function eventIn(frame: string): SeenEvent | string | null {
  const { type, payload } = JSON.parse(frame) as { type: string; payload?: { data?: { event?: SeenEvent } } }
  if (['connection_ack', 'ping', 'pong'].includes(type)) return null
  return (type === 'next' && payload?.data?.event) || frame.slice(0, 300)
}

/** Lines are sent under these ids, so that each message tells which line it is. */
export const clientMessageIdOf = (index: number): string => `line-${index}`

export function lineIndexOf({ clientMessageId }: Pick<SeenMessage, 'clientMessageId'>): number {
  return Number(/^line-(\d+)$/.exec(clientMessageId)?.[1] ?? Number.NaN)
}
