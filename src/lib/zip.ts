/** The bytes of a ZIP archive around contents that are stored elsewhere: what stands before each, and the directory behind all. So its size is known, and any piece of it can be read. Pure. */

export interface ZipEntry {
  name: string
  /** Raw deflate; else as it is. */
  isDeflated: boolean
  /** As it stands in the archive. */
  bytes: number
  plainBytes: number
  /** CRC-32 of what it is. */
  crc: number
}

/** From here on a number does not fit, and stands in an extra field (ZIP64). */
const FULL = 0xff_ff_ff_ff
const FULL_COUNT = 0xff_ff
/** Names are UTF-8. */
const FLAGS = 0x08_00
const ZIP64_VERSION = 45
/** 1 January 1980, where time begins for ZIP: an archive tells its times inside. */
const DATE = 0x00_21

export function entryHeader(entry: ZipEntry): Buffer {
  const name = Buffer.from(entry.name)
  const isLarge = entry.bytes >= FULL || entry.plainBytes >= FULL
  const extra = isLarge ? extraField([entry.plainBytes, entry.bytes]) : Buffer.alloc(0)
  const fixed = Buffer.alloc(30)
  fixed.writeUInt32LE(0x04_03_4b_50, 0)
  writeAlike(fixed, 4, entry, isLarge)
  fixed.writeUInt16LE(name.length, 26)
  fixed.writeUInt16LE(extra.length, 28)
  return Buffer.concat([fixed, name, extra])
}

export interface PlacedEntry {
  entry: ZipEntry
  /** Where its header begins. */
  at: number
}

/** `at`: where the directory itself begins. */
export function directory(entries: readonly PlacedEntry[], at: number): Buffer {
  const rows = Buffer.concat(entries.map(directoryRow))
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06_05_4b_50, 0)
  for (const place of [8, 10]) end.writeUInt16LE(Math.min(entries.length, FULL_COUNT), place)
  end.writeUInt32LE(Math.min(rows.length, FULL), 12)
  end.writeUInt32LE(Math.min(at, FULL), 16)
  const isLarge = entries.length >= FULL_COUNT || rows.length >= FULL || at >= FULL
  return Buffer.concat([rows, ...(isLarge ? [largeEnd(entries.length, rows.length, at)] : []), end])
}

function directoryRow({ entry, at }: PlacedEntry): Buffer {
  const name = Buffer.from(entry.name)
  const isLarge = entry.bytes >= FULL || entry.plainBytes >= FULL
  const large = [...(isLarge ? [entry.plainBytes, entry.bytes] : []), ...(at >= FULL ? [at] : [])]
  const extra = large.length ? extraField(large) : Buffer.alloc(0)
  const fixed = Buffer.alloc(46)
  fixed.writeUInt32LE(0x02_01_4b_50, 0)
  fixed.writeUInt16LE(ZIP64_VERSION, 4)
  writeAlike(fixed, 6, entry, isLarge)
  fixed.writeUInt16LE(name.length, 28)
  fixed.writeUInt16LE(extra.length, 30)
  fixed.writeUInt32LE(Math.min(at, FULL), 42)
  return Buffer.concat([fixed, name, extra])
}

/** What a header and its row in the directory have in common. */
function writeAlike(into: Buffer, at: number, { isDeflated, crc, bytes, plainBytes }: ZipEntry, isLarge: boolean) {
  into.writeUInt16LE(ZIP64_VERSION, at)
  into.writeUInt16LE(FLAGS, at + 2)
  into.writeUInt16LE(isDeflated ? 8 : 0, at + 4)
  into.writeUInt16LE(DATE, at + 8)
  into.writeUInt32LE(crc, at + 10)
  into.writeUInt32LE(isLarge ? FULL : bytes, at + 14)
  into.writeUInt32LE(isLarge ? FULL : plainBytes, at + 18)
}

function extraField(numbers: readonly number[]): Buffer {
  const field = Buffer.alloc(4 + 8 * numbers.length)
  field.writeUInt16LE(1, 0)
  field.writeUInt16LE(8 * numbers.length, 2)
  for (const [i, number] of numbers.entries()) field.writeBigUInt64LE(BigInt(number), 4 + 8 * i)
  return field
}

function largeEnd(count: number, bytes: number, at: number): Buffer {
  const end = Buffer.alloc(56 + 20)
  end.writeUInt32LE(0x06_06_4b_50, 0)
  end.writeBigUInt64LE(44n, 4)
  for (const place of [12, 14]) end.writeUInt16LE(ZIP64_VERSION, place)
  for (const place of [24, 32]) end.writeBigUInt64LE(BigInt(count), place)
  end.writeBigUInt64LE(BigInt(bytes), 40)
  end.writeBigUInt64LE(BigInt(at), 48)
  end.writeUInt32LE(0x07_06_4b_50, 56)
  end.writeBigUInt64LE(BigInt(at + bytes), 64)
  end.writeUInt32LE(1, 72)
  return end
}
