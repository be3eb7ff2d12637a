/** All timed work with what it needs: what was scheduled is sent by the way of every message. */
import { createContext, type Parts } from './context.ts'
import type { Db } from './db.ts'
import type { JobHandler } from './jobs/queue.ts'
import type { Log } from './log.ts'
import { sendMessage } from './resolvers/send-message.ts'
import { jobHandlers } from './workers/jobs.ts'

export const handlersOf = ({ db, parts, logger }: { db: Db; parts: Parts; logger: Log }): JobHandler[] =>
  jobHandlers({
    db,
    parts,
    logger,
    sendAs: async (caller, input) => (await sendMessage(createContext(parts, caller), input)).message.id,
  })
