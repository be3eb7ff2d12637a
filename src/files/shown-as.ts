/** How a file is given: what a browser may show, and what it may only save. Pure. */
import { disposition } from '../lib/file-names.ts'
import type { Download } from '../objects/objects.ts'

/** What a browser shows without running anything of it. No SVG and no HTML, whatever they are called. */
const SAFE =
  /^(image\/(jpeg|png|apng|gif|webp|avif)|video\/(mp4|webm|quicktime|ogg)|audio\/(mpeg|mp4|x-m4a|aac|ogg|opus|wav|x-wav|vnd\.wave|flac|x-flac|webm))$/

export const shownAs = (contentType: string, name: string): Pick<Download, 'contentType' | 'disposition'> =>
  SAFE.test(contentType)
    ? { contentType, disposition: disposition('inline', name) }
    : { contentType: 'application/octet-stream', disposition: disposition('attachment', name) }
