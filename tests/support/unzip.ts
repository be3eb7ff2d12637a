/** Reads a ZIP by its directory, as a reader of it does, and checks what it finds. */
import { crc32, inflateRawSync } from 'node:zlib'

export function unzip(archive: Buffer): Map<string, Buffer> {
  const end = archive.lastIndexOf(Buffer.from('PK\x05\x06'))
  const [count, at] = [archive.readUInt16LE(end + 10), archive.readUInt32LE(end + 16)]
  const found = new Map<string, Buffer>()
  let row = at
  for (let n = 0; n < count; n++) {
    const nameLength = archive.readUInt16LE(row + 28)
    const name = archive.toString('utf8', row + 46, row + 46 + nameLength)
    const [crc, bytes, header] = [row + 16, row + 20, row + 42].map((place) => archive.readUInt32LE(place)) as [
      number,
      number,
      number,
    ]
    const begins = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28)
    const content = archive.subarray(begins, begins + bytes)
    const plain = archive.readUInt16LE(row + 10) === 8 ? inflateRawSync(content) : content
    if (crc32(plain) !== crc) throw new Error(`${name} is not what its checksum says`)
    if (found.has(name)) throw new Error(`${name} is there twice`)
    found.set(name, plain)
    row += 46 + nameLength + archive.readUInt16LE(row + 30)
  }
  return found
}

/** All rows of one table, over all of its parts. */
export function rowsOf(archive: Map<string, Buffer>, table: string): Record<string, unknown>[] {
  const lines = [...archive].flatMap(([name, content]) =>
    name.startsWith(`${table}/`) ? content.toString('utf8').trimEnd().split('\n') : [],
  )
  return lines.map((line) => JSON.parse(line))
}
