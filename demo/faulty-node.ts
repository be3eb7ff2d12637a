/** The product on a bad bus: `late` holds one event of ten back for 3 s, `lossy` drops it. Only the log can make good what readers miss. */
import { startApp } from '../src/app.ts'
import { memoryBus } from '../src/bus/memory.ts'
import { loadConfig } from '../src/config.ts'
import { createLog } from '../src/log.ts'

const HELD_MS = 3_000
const EVERY = 10

const fault = process.argv[2]
const good = memoryBus()
let published = 0
const config = loadConfig()
const app = await startApp(config, createLog(config.logLevel), {
  bus: {
    ...good,
    publish(topic, event) {
      if (++published % EVERY) good.publish(topic, event)
      else if (fault === 'late') setTimeout(() => good.publish(topic, event), HELD_MS).unref()
    },
  },
})
process.stdout.write(`ready at ${app.url} \n`)
process.once('SIGTERM', () => app.stop().then(() => process.exit(0)))
