/** What the sources in src/ import, type imports and `import('...')` included: what levels.ts and vendors.ts judge. */
import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'
import { parseSync, Visitor } from 'oxc-parser'

export interface Import {
  /** Path of the importing file and line, for the message. */
  at: string
  /** The importing file, relative to src/. */
  from: string
  /** What is imported: a file relative to src/, or the specifier of a package. */
  to: string
  kind: 'file' | 'package'
  typeOnly: boolean
}

/** Tests and contract suites may reach for anything, and the generated client is not ours to judge. */
export function sourceFiles(): string[] {
  return globSync('**/*.ts', { cwd: 'src' })
    .filter((file) => !/^generated\/|\.test\.ts$|(^|\/)contract\.ts$/.test(file))
    .sort()
}

export function importsOf(from: string): Import[] {
  const text = readFileSync(`src/${from}`, 'utf8')
  const found: Import[] = []

  const add = (source: { value: string; start: number }, typeOnly: boolean): void => {
    const kind = source.value.startsWith('.') ? 'file' : 'package'
    const to = kind === 'file' ? posix.join(posix.dirname(from), source.value) : source.value
    const at = `src/${from}:${text.slice(0, source.start).split('\n').length}`
    if (!to.startsWith('node:')) found.push({ at, from, to, kind, typeOnly })
  }

  // A parse error is not reported here: the types check does.
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.importKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => {
      if (node.source) add(node.source, node.exportKind === 'type')
    },
    ImportExpression: ({ source }) => {
      if (source.type === 'Literal' && typeof source.value === 'string') add({ ...source, value: source.value }, false)
    },
    TSImportType: (node) => add(node.source, true),
  }).visit(parseSync(from, text).program)
  return found
}
