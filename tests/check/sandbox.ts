/** Runs one real check, with the project's own configs, on a small tree of files that is thrown away afterwards. */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')
const configs = [
  'biome.json',
  'client/tsconfig.json',
  'eslint.config.mjs',
  'knip.json',
  'package.json',
  'scripts/check/schema-is-shape.grit',
  'tsconfig.json',
]

export type Files = Record<string, string>

interface Outcome {
  exitCode: number
  output: string
}

export function check(name: string, files: Files): Promise<Outcome> {
  return runIn(files, [join(root, 'scripts/check.ts'), name])
}

/** `script` is a script of the project and its arguments; one that a tree brings itself is run from there. */
export async function runIn(files: Files, script: string[]): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'parley-check-'))
  try {
    for (const config of configs) cpSync(join(root, config), join(folder, config))
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    return await run(script, folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function run(script: string[], cwd: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, script, { cwd }, (_, stdout, stderr) =>
      resolve({ exitCode: child.exitCode ?? -1, output: stdout + stderr }),
    )
  })
}
