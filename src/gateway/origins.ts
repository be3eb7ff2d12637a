/** One list of origins for CORS and for the upgrade to WebSocket. */

export type Origins = ReturnType<typeof createOrigins>

export function createOrigins(allowed: readonly string[]) {
  /** Whoever sends no Origin is no page of a browser; the server's own pages always may. */
  function isAllowed(origin: string | undefined, host: string | undefined): boolean {
    if (origin === undefined || allowed.includes('*') || allowed.includes(origin)) return true
    return URL.canParse(origin) && new URL(origin).host === host
  }
  return {
    isAllowed,
    /** For an answer to a page of an allowed origin that is not made by yoga. */
    headers: (origin: string | undefined): [name: string, value: string][] =>
      origin === undefined
        ? []
        : [
            ['access-control-allow-origin', origin],
            ['access-control-allow-methods', 'GET, POST'],
            ['access-control-allow-headers', 'authorization, content-type, last-event-id'],
            ['access-control-max-age', '600'],
          ],
    cors(request: Request) {
      const origin = request.headers.get('origin') ?? undefined
      if (origin === undefined || !isAllowed(origin, request.headers.get('host') ?? undefined)) return false as const
      return { origin, methods: ['GET', 'POST'], allowedHeaders: ['authorization', 'content-type'], maxAge: 600 }
    },
  }
}
