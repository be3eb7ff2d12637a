/** One answer as server-sent events: written no faster than it is read, kept alive, and ended so that its client comes back or does not. */
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'

/** Clients that are cut together come back apart. */
const RETRY_MS = { least: 500, spread: 2_000 }

const HEADERS: OutgoingHttpHeaders = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no', // nginx holds an answer back otherwise
}

export interface EventStream {
  /** Resolves when it can take more or its client is gone: who waits for it is slowed down by a slow reader. */
  write(event: string): Promise<void>
  /** A sign of life for all that stands in between. Whoever has read nothing since the last but one is cut: he comes back where he was. */
  beat(): void
  /** Said to the end. The connection may serve another request. */
  end(): void
  /** Not said to the end: the client takes it up again, after so long or when it finds right, elsewhere if it can. */
  goAway(retryMs?: number): void
  /** Told once, at once if it is closed already. */
  onClose(handle: () => void): void
}

export function openEventStream(response: ServerResponse): EventStream {
  let isBehind = false
  let goOn = () => {}
  response.on('drain', () => {
    isBehind = false
    goOn()
  })
  response.on('close', () => goOn())
  response.writeHead(200, HEADERS)
  response.write(retry(RETRY_MS.least + Math.floor(Math.random() * RETRY_MS.spread)))

  const isOver = () => response.writableEnded || response.destroyed
  return {
    write(event) {
      if (isOver() || response.write(event)) return Promise.resolve()
      return new Promise((resolve) => {
        goOn = resolve
      })
    },
    beat() {
      if (isOver()) return
      if (!response.writableNeedDrain) response.write(':\n\n')
      else if (isBehind) response.destroy()
      else isBehind = true
    },
    end: () => void (isOver() || response.end()),
    goAway(retryMs) {
      if (isOver()) return
      const { socket } = response
      if (response.writableNeedDrain) return void response.destroy() // the rest would wait for a reader who does not read
      response.end(retryMs === undefined ? undefined : retry(retryMs))
      socket?.destroySoon()
    },
    onClose(handle) {
      if (response.closed) handle()
      else response.once('close', handle)
    },
  }
}

const retry = (ms: number): string => `retry: ${ms}\n\n`
