/** What a ZIP says of itself in its directory: nothing is unpacked. Pure. */

/** Of the whole file, so many last bytes hold the directory of any archive that is not made to be one of millions. */
export const DIRECTORY_BYTES = 4_194_304

const END_OF_DIRECTORY = 0x06054b50
const ENTRY = 0x02014b50
const END_BYTES = 22
const ENTRY_BYTES = 46
/** Deflate makes 1 of 1,032 at most, and of anything that people write hardly 1 of 50. */
const MAX_RATIO = 100
/** What any phone can unpack. */
const SMALL_BYTES = 104_857_600

/** Whether to unpack it would fill a disk: `tail` is the end of a file of so many bytes. */
export function isZipBomb(tail: Buffer, fileBytes: number): boolean {
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + END_BYTES > tail.length || tail.readUInt32LE(end) !== END_OF_DIRECTORY) return false
  const size = tail.readUInt32LE(end + 12)
  let at = end - size
  if (at < 0) return true // a directory of more than 4 MB, or one that lies about itself
  let unpacked = 0
  while (at + ENTRY_BYTES <= end && tail.readUInt32LE(at) === ENTRY) {
    unpacked += tail.readUInt32LE(at + 24)
    at += ENTRY_BYTES + tail.readUInt16LE(at + 28) + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32)
  }
  return unpacked > SMALL_BYTES && unpacked > MAX_RATIO * fileBytes
}
