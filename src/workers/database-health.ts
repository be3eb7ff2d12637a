/** Whether the database answers this node: known by what failed, and told once a change, since what fails meanwhile says it again and again. */
import { type Db, unavailable } from '../db.ts'
import { ChatError } from '../errors.ts'
import { createHealth, type Health } from '../lib/health.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'

interface Dependencies {
  db: Db
  metrics: Metrics
  logger: Log
}

export function databaseHealth({ db, metrics, logger }: Dependencies): Health {
  metrics.databaseUp.set(1)
  return createHealth({
    probe: () => db.$queryRaw`select 1`,
    onChange(isAway) {
      metrics.databaseUp.set(isAway ? 0 : 1)
      if (isAway) logger.warn('the database is away: sockets stay, what is asked is refused until it is back')
      else logger.info('the database is back')
    },
  })
}

/** What an error of the database means; one that says it is away makes it suspect. */
export function suspecting(health: Health): (error: unknown) => unknown {
  return (error) => {
    const meant = unavailable(error)
    if (meant instanceof ChatError && meant.code === 'SERVICE_UNAVAILABLE') health.suspect()
    return meant
  }
}
