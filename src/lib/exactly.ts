/** Lets exactly so many bytes through: fails at the first one more, and at an end that comes early. */
import { Transform } from 'node:stream'

/** It was given another size than was said. */
export class WrongSize extends Error {
  override name = 'WrongSize'
}

export function exactly(bytes: number): Transform {
  let come = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      come += chunk.length
      if (come > bytes) done(new WrongSize(`more than ${bytes} bytes came`))
      else done(null, chunk)
    },
    flush(done) {
      done(come < bytes ? new WrongSize(`${come} of ${bytes} bytes came`) : null)
    },
  })
}
