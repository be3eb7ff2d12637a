/**
 * A process for one picture, which pictures.ts starts and may kill: whoever finds a hole in a decoder is here alone, with no secret and no connection.
 * What comes out was painted anew: no EXIF, no position, nothing behind the last pixel.
 */
import sharp, { type Sharp } from 'sharp'
import type { Painted, Raw } from './pictures.ts'

sharp.cache(false)
sharp.concurrency(1)

/** By type: how it is written. */
const WRITE: Record<string, (picture: Sharp) => Sharp> = {
  'image/jpeg': (picture) => picture.jpeg({ quality: 90 }),
  'image/png': (picture) => picture.png(),
  'image/gif': (picture) => picture.gif(),
  'image/webp': (picture) => picture.webp({ quality: 90 }),
  'image/avif': (picture) => picture.avif({ quality: 60, effort: 2 }),
}
const FORMATS: Record<string, string> = {
  'image/jpeg': 'jpeg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/avif': 'heif',
}

process.once('message', (raw: Raw) => {
  paint(raw)
    .catch((error) => ({ fault: String(error?.message ?? error) }))
    .then((answer) => process.send?.(answer))
    .finally(() => process.disconnect()) // what was sent is still written, and then nothing keeps it here
})

async function paint({ content, contentType, maxPixels, thumbnailPixels }: Raw): Promise<Painted> {
  const options = { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true } as const
  // The header alone: what is too large is refused before a pixel is decoded.
  const { format, width = 0, height = 0, pages = 1 } = await sharp(content, options).metadata()
  const write = WRITE[contentType]
  if (!write || format !== FORMATS[contentType]) throw new Error(`expected ${contentType}, not ${format}`)
  if (width * height * pages > maxPixels) throw new Error(`expected at most ${maxPixels} pixels`)
  const isMoving = pages > 1
  const whole = sharp(content, { ...options, animated: isMoving })
  const { data, info } = await write(isMoving ? whole : whole.autoOrient()).toBuffer({ resolveWithObject: true })
  const side = { width: thumbnailPixels, height: thumbnailPixels, fit: 'inside', withoutEnlargement: true } as const
  const thumbnail = await sharp(content, options).autoOrient().resize(side).webp({ quality: 75 }).toBuffer()
  return { content: data, width: info.width, height: info.pageHeight ?? info.height, thumbnail }
}
