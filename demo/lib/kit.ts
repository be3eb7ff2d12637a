/** The client kit's connection, over sockets that a demo can let die the way networks do: nobody says goodbye, and what was on its way is lost. */
import { WebSocket } from 'ws'
import { type Connection, createConnection } from '../../client/connection.ts'

export interface KitConnection extends Connection {
  /** The socket of now dies; the kit comes back by itself. */
  cut(): void
  /** It dies as soon as the next operation is written: no answer can come. */
  cutUponNext(): void
}

export interface KitOptions {
  /** Of the server, as http:// or https://. */
  url: string
  /** Asked for at each connect. */
  token: () => Promise<string>
  onOpen?: () => void
  /** Told of each socket that was open, whoever has ended it. */
  onClose?: (code: number, reason: string) => void
}

export function connectByKit({ url, token, onOpen, onClose }: KitOptions): KitConnection {
  let socket: WebSocket | null = null
  let isToDie = false

  class Cuttable extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { perMessageDeflate: false })
      this.once('open', () => {
        socket = this
        this.once('close', (code, reason) => onClose?.(code, String(reason)))
        onOpen?.()
      })
    }

    override send(text: string): void {
      const isLast = isToDie && text.includes('"type":"subscribe"')
      if (isLast) isToDie = false
      // Written means handed to the kernel: the server may see it or not, but nobody will know from this socket.
      super.send(text, () => isLast && this.terminate())
    }
  }

  return {
    ...createConnection({ url, token, WebSocket: Cuttable }),
    cut: () => socket?.terminate(),
    cutUponNext() {
      isToDie = true
    },
  }
}
