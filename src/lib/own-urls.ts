/** URLs of objects that this server answers itself: all that they allow is in them, and signed. */
import type { Uuid } from '../model.ts'
import type { Seal } from './seal.ts'

export const FILES_PATH = '/files/'

export type Granted =
  | { may: 'PUT'; key: string; until: number; contentType: string; bytes: number }
  | { may: 'GET'; key: string; until: number; contentType: string; disposition: string }
  /** What a user is given of himself. */
  | { may: 'EXPORT'; tenantId: Uuid; id: Uuid; until: number }

export type OwnUrls = ReturnType<typeof createOwnUrls>

const ABOUT = 'object'

/** `publicOrigin`: how clients reach this server; null where that is known only once it listens. */
export function createOwnUrls({ seal, publicOrigin }: { seal: Seal; publicOrigin: string | null }) {
  let origin = publicOrigin
  return {
    listensAt(url: string): void {
      origin ??= url
    },

    url: (granted: Granted): string =>
      `${origin}${FILES_PATH}${seal.sign(Buffer.from(JSON.stringify(granted)), ABOUT)}`,

    /** What the path of a URL allows; null when it was not made here, or is over. */
    granted(path: string, now = Date.now()): Granted | null {
      const payload = seal.verify(path.slice(FILES_PATH.length), ABOUT)
      if (!payload) return null
      const granted = JSON.parse(payload.toString()) as Granted
      return granted.until > now ? granted : null
    },
  }
}
