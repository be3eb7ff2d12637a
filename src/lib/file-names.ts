/** The name of a file as others may be shown it, and save under: of a path the last part, nothing invisible, nothing that a disk refuses. Pure. */
import { cutName, neutralName } from './names.ts'

/** Devices of Windows, whatever stands behind the dot. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i
const REFUSED = /[<>:"|?*]/g

/** Its ending is kept when it must be cut. */
export function cleanFileName(given: string, max: number): string {
  const last = given.toWellFormed().split(/[/\\]/).at(-1) ?? ''
  const name = neutralName(last)
    .replace(REFUSED, '_')
    .replace(/^\.+|[. ]+$/g, '')
  const safe = RESERVED.test(name) ? `_${name}` : name
  if (safe.length <= max) return safe || 'file'
  const ending = /\.[^.]{1,15}$/.exec(safe)?.[0] ?? ''
  return cutName(safe.slice(0, safe.length - ending.length), max - ending.length) + ending
}

/** A header that says so in both ways: in ASCII for the oldest readers, and as it is. RFC 6266. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_')
  const whole = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${whole}`
}
