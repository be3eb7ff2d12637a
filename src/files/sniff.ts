/** What a content is, by its content: what its sender says of it must agree. */
import { fileTypeFromBuffer, supportedMimeTypes } from 'file-type'

/** Enough to tell every kind by; of an archive what comes first is looked at, and nothing is unpacked beyond it. */
export const SNIFFED_BYTES = 65_536

const ANY = 'application/octet-stream'
const ARCHIVE = /^application\/(zip|epub\+zip|java-archive|vnd\.(openxmlformats|oasis|android|ms-)|x-zip)/
const OLE = /^application\/(x-cfb|msword|vnd\.ms-|vnd\.visio)/
const MARKUP = /^(image\/svg\+xml|(application|text)\/([\w.-]+\+)?(xml|html))$/
const TONE_OR_FILM = /^(audio|video)\//

/** The type to go by; null when the content is of another one than was said. */
export async function typeOf(beginning: Uint8Array, said: string): Promise<string | null> {
  const found = (await fileTypeFromBuffer(beginning).catch(() => undefined))?.mime
  if (!found) return agreesWithNothing(beginning, said) ? said : null
  if (said === found || said === ANY) return found
  if (found === 'application/xml') return MARKUP.test(said) ? said : null
  if (found === 'image/apng') return said === 'image/png' ? said : null
  const alike = [ARCHIVE, OLE, TONE_OR_FILM].some((family) => family.test(said) && family.test(found))
  return alike ? found : null
}

/** Nothing is known of this content: it must be of a kind that has no mark of its own; and a text is a text. */
function agreesWithNothing(beginning: Uint8Array, said: string): boolean {
  if (/^(image|audio|video|font)\//.test(said)) return MARKUP.test(said) && isText(beginning)
  if (/^text\//.test(said) || MARKUP.test(said) || said === 'application/json') return isText(beginning)
  return said === ANY || !supportedMimeTypes.has(said)
}

/** In whatever character set: but for UTF-16, which says so at its beginning, none has a NUL. */
const isText = (bytes: Uint8Array): boolean =>
  !bytes.includes(0) || (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)
