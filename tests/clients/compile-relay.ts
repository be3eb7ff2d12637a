/** Documents as relay-compiler makes them from the schema that the server serves; rejects with its report for one that does not fit it. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import compiler from 'relay-compiler'
import type { ConcreteRequest } from 'relay-runtime'

const run = promisify(execFile)

/** Of an operation by its name, as written in `source`; its operations begin with `module`, as Relay wants it. */
export async function compileRelay(
  url: string,
  source: string,
  module = 'Journey',
): Promise<(name: string) => ConcreteRequest> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-relay-'))
  try {
    const artifacts = join(folder, 'artifacts')
    for (const path of [artifacts, join(folder, 'src')]) await mkdir(path)
    const schema = await (await fetch(`${url}/schema.graphql`)).text()
    await writeFile(join(folder, 'schema.graphql'), schema)
    await writeFile(join(folder, 'src', `${module}.js`), source)
    const config = {
      src: './src',
      schema: './schema.graphql',
      artifactDirectory: './artifacts',
      language: 'javascript',
    }
    await writeFile(
      join(folder, 'relay.config.json'),
      JSON.stringify({ ...config, jsModuleFormat: 'commonjs', eagerEsModules: false }),
    )
    await run(String(compiler), ['relay.config.json'], { cwd: folder }).catch(({ stdout, stderr }) => {
      throw new Error(`${stdout}${stderr}`)
    })
    const require = createRequire(join(artifacts, 'here.js'))
    const names = [...source.matchAll(/(?:query|mutation|subscription) (\w+)/g)].map(([, name]) => name)
    const compiled = new Map(names.map((name) => [name, require(`./${name}.graphql.js`) as ConcreteRequest]))
    return (name) => {
      const request = compiled.get(name)
      if (!request) throw new Error(`${module}.js has no ${name}`)
      return request
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
