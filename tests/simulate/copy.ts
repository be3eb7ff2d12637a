/** A copy of what a run needs of the source, with patches in it. The source itself knows nothing of them. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Patch } from './rule.ts'

const ROOT = join(import.meta.dirname, '../..')
const NEEDED = [
  'package.json',
  'src',
  'prisma/migrations',
  'scripts/epoch.ts',
  'tests/simulate',
  'tests/support/adversary.ts',
  'tests/support/broadcast.ts',
  'tests/support/no-aversions.ts',
]

export interface Copy extends Disposable {
  folder: string
}

/** `needed`: files and folders of the repository. */
export function copyWith(patches: readonly Patch[], needed: readonly string[] = NEEDED): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'parley-simulate-'))
  const copy = { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) }
  try {
    for (const path of needed) cpSync(join(ROOT, path), join(folder, path), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
    for (const patch of patches) apply(folder, patch)
    return copy
  } catch (error) {
    copy[Symbol.dispose]()
    throw error
  }
}

function apply(folder: string, { file, find, put }: Patch): void {
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  const times = text.split(find).length - 1
  if (times !== 1) throw new Error(`a patch is stale: ${file} holds it ${times} times and not once: ${find}`)
  writeFileSync(
    path,
    text.replace(find, () => put),
  )
}
