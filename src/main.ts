/** `npm start`: configuration, app, signals, drain. */
import { type App, startApp } from './app.ts'
import { loadConfig } from './config.ts'
import { StartError } from './errors.ts'
import { createLog, type Log } from './log.ts'

try {
  const config = loadConfig()
  const logger = createLog(config.logLevel)
  const starting = startApp(config, logger)
  stopAtSignals(starting, logger)
  const app = await starting
  logger.info({ url: app.url, adminUrl: app.adminUrl }, 'ready')
  process.stdout.write(`\n  Parley is ready at ${app.url}\n${await links(app)}\n`)
} catch (error) {
  if (!(error instanceof StartError)) throw error
  process.stderr.write(`\n  Parley did not start. ${error.message}\n\n`)
  process.exit(1)
}

/** Listened to from before the start is done: whoever is told to stop then does so in order, too. The second time in a hurry, the third time at once. */
function stopAtSignals(starting: Promise<App>, logger: Log): void {
  let signals = 0
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      signals++
      if (signals === 1) stop(signal)
      else if (signals === 2)
        starting.then(
          (app) => app.hasten(),
          () => undefined, // told above
        )
      else process.exit(1)
    })
  }

  function stop(signal: string): void {
    logger.info({ signal }, 'draining')
    starting
      .then((app) => app.stop())
      .then(
        () => process.exit(0),
        (error) => {
          logger.fatal({ error }, 'the drain failed')
          process.exit(1)
        },
      )
  }
}

/** The token stands behind the #, which no browser sends and no log keeps. */
async function links({ url, demo }: App): Promise<string> {
  if (!demo) return ''
  const link = async (user: string) => `    ${url}/#token=${await demo.tokenFor(user.toLowerCase())}  ${user}\n`
  return `
  Open each in a window of its own, to chat with yourself as a user of the demo tenant:
${(await Promise.all(['Alice', 'Bob'].map(link))).join('')}
  The API, as one of them: ${url}/graphql?user=alice
`
}
