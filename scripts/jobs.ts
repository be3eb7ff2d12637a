/** `npm run jobs -- COMMAND`: what waits, what was tried in vain, and what is to become of that. */
import { parseArgs } from 'node:util'
import { StartError } from '../src/errors.ts'
import type { Queue } from '../src/jobs/queue.ts'
import { orExplain } from './explain.ts'
import { withParts } from './with-parts.ts'

const USAGE = `usage: npm run jobs -- list [--kind NAME] [--limit 100]
       npm run jobs -- retry ID...
       npm run jobs -- drop ID...
list shows the dead letters: what was tried in vain to the last; with --kind what waits, runs and was done of that kind, the oldest first.
retry makes dead letters due again now; drop forgets them.`

const MOST = 1_000

await orExplain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { kind: { type: 'string' }, limit: { type: 'string', default: '100' } },
  })
  const [command, ...ids] = positionals
  const limit = Number(values.limit)
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw new StartError(`--limit is 1 to ${MOST}. ${USAGE}`)
  if (ids.some((id) => !/^[0-9a-f-]{36}$/.test(id))) throw new StartError(`An id is as list shows it. ${USAGE}`)
  await withParts(async (_, { queue }) => {
    if (command === 'list' && !ids.length) return list(queue, values.kind, limit)
    if ((command !== 'retry' && command !== 'drop') || !ids.length) throw new StartError(USAGE)
    const count = await (command === 'retry' ? queue.retry(ids) : queue.dropDeadLetters(ids))
    if (count < ids.length) throw new StartError(`${ids.length - count} of ${ids.length} are no dead letters; see list`)
    console.log(command === 'retry' ? `${count} are due again` : `${count} are forgotten`)
  })
})

/** A line of JSON each. */
async function list(queue: Queue, kind: string | undefined, limit: number): Promise<void> {
  if (kind && !queue.kinds().includes(kind))
    throw new StartError(`There is no kind "${kind}"; choose of ${queue.kinds().join(', ')}`)
  const jobs = kind ? await queue.find({ name: kind }, limit) : await queue.deadLetters(limit)
  for (const { id, name, sourceName, state, data, createdOn, startAfter, retryCount, output, sourceOutput } of jobs) {
    const said = (sourceOutput ?? output) as { message?: string } | null
    const times = { created: createdOn, due: startAfter }
    console.log(
      JSON.stringify({
        id,
        kind: sourceName ?? name,
        state,
        payload: data,
        ...times,
        retries: retryCount,
        error: said?.message ?? null,
      }),
    )
  }
  if (jobs.length === limit) console.error(`There may be more than ${limit}; give --limit`)
}
