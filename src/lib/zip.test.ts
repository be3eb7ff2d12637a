import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { unzip } from '../../tests/support/unzip.ts'
import { directory, entryHeader, type PlacedEntry, type ZipEntry } from './zip.ts'

const contents = { 'plain.txt': 'as it is', 'folder/Ünïcødé 文.jsonl': 'again '.repeat(1_000), empty: '' }

function archive(): Buffer {
  const placed: PlacedEntry[] = []
  let all = Buffer.alloc(0)
  for (const [name, text] of Object.entries(contents)) {
    const plain = Buffer.from(text)
    const isDeflated = name.endsWith('.jsonl')
    const content = isDeflated ? deflateRawSync(plain) : plain
    const entry: ZipEntry = { name, isDeflated, bytes: content.length, plainBytes: plain.length, crc: crc32(plain) }
    placed.push({ entry, at: all.length })
    all = Buffer.concat([all, entryHeader(entry), content])
  }
  return Buffer.concat([all, directory(placed, all.length)])
}

test('what is put into it comes out of it', () => {
  const found = [...unzip(archive())].map(([name, content]) => [name, content.toString()])
  expect(Object.fromEntries(found)).toEqual(contents)
})

const hasPython = (() => {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

/** Names, sizes and places as another reader sees them. */
const READ = `import sys, json, zipfile
z = zipfile.ZipFile(sys.argv[1])
print(json.dumps([[i.filename, i.file_size, i.header_offset] for i in z.infolist()] if len(sys.argv) > 2 else [z.testzip(), z.namelist()]))`

function readBy(bytes: Buffer, ...more: string[]): unknown {
  const folder = mkdtempSync(join(tmpdir(), 'parley-zip-'))
  try {
    writeFileSync(join(folder, 'a.zip'), bytes)
    return JSON.parse(
      execFileSync('python3', ['-c', READ, join(folder, 'a.zip'), ...more], { encoding: 'utf8', maxBuffer: 2 ** 24 }),
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test.skipIf(!hasPython)('another reader of archives finds the same', () => {
  expect(readBy(archive())).toEqual([null, Object.keys(contents)])
})

test.skipIf(!hasPython)('more than fits into 32 bits, and into 16, is told so that another reader finds it', () => {
  const large = { name: 'large', isDeflated: false, bytes: 5e9, plainBytes: 5e9, crc: 1 }
  const many = Array.from({ length: 70_000 }, (_, n) => ({
    entry: { ...large, name: `${n}`, bytes: 0, plainBytes: 0 },
    at: 0,
  }))
  expect(readBy(directory(many, 0), 'list')).toHaveLength(70_000)
  // The directory alone: a reader counts everything from where it says that it begins.
  const sizes = directory([{ entry: large, at: 0 }], 0)
  expect(readBy(sizes, 'list')).toEqual([['large', 5e9, 0]])
  expect(entryHeader(large).length).toBe(30 + 'large'.length + 20)
})
