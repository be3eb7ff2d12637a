/** `npm run token -- --user alice`: a token for a user of the demo tenant. Works beside a running server, since that holds the database: it is asked. */
import { parseArgs } from 'node:util'
import { isDemo, loadConfig } from '../src/config.ts'
import { StartError } from '../src/errors.ts'
import { orExplain } from './explain.ts'

await orExplain(async () => {
  const { user = 'alice' } = parseArgs({ options: { user: { type: 'string' } } }).values
  const config = loadConfig()
  if (!isDemo(config))
    throw new StartError(
      'The demo tenant exists only on the embedded database with HOST 127.0.0.1; make tokens with createToken and a server key instead',
    )
  const url = `http://${config.host}:${config.port}/graphiql/options.js?user=${encodeURIComponent(user)}`
  const page = await fetch(url).catch((cause) => {
    throw new StartError(
      `No server answers at ${config.host}:${config.port}; run "npm start" first, with the same PORT`,
      { cause },
    )
  })
  const token = /Bearer ([\w.-]+)/.exec(await page.text())?.[1]
  if (!token) throw new StartError(`The demo tenant has no user "${user}"; choose alice, bob or morgan`)
  console.log(token)
})
