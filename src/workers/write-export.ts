/** Writes what a user is given of himself into the object store, part by part. Each part is kept with the place behind it, so that after a crash another run goes on there. */
import { exportPage } from '../accounts/export-pages.ts'
import { type ExportPart, type ExportRun, writeExportKind } from '../accounts/exports.ts'
import type { FileName } from '../files/keys.ts'
import type { JobHandler } from '../jobs/queue.ts'
import { copyFiles } from './export-files.ts'
import { keep, putRows, type Writing } from './export-parts.ts'
import { removeArchive } from './remove-export.ts'

/** Rows of so many characters make a part; a page more may be in memory. */
const PART_LENGTH = 2 ** 22
/** What was read is kept after so long, however little it is. */
const KEEP_MS = 10_000
/** Then another run goes on, long before this one would be given up. */
const RUN_MS = 240_000

export const writeExport = (writing: Writing): JobHandler<FileName> => ({
  kind: writeExportKind,
  async handle(name, signal) {
    const run = await writing.exports.begin(name)
    if (!run) return
    try {
      if ((await write(writing, run, signal)) === 'MORE') await writing.jobs.send(writeExportKind, name)
    } catch (error) {
      if (signal.aborted || !(await writing.exports.failed(name))) throw error
      writing.logger.warn({ error, ...name }, 'an export is given up')
      await removeArchive(writing, name)
    }
  },
})

/** GONE: it was ended, or another run took over. */
async function write(writing: Writing, run: ExportRun, signal: AbortSignal): Promise<'MORE' | 'DONE' | 'GONE'> {
  const until = Date.now() + RUN_MS
  while (run.place.step !== 'DONE') {
    signal.throwIfAborted()
    if (Date.now() > until) return 'MORE'
    const isKept = run.place.step === 'FILES' ? await copyFiles(writing, run) : await writeRows(writing, run, signal)
    if (!isKept) return 'GONE'
  }
  return 'DONE'
}

/** As many as make a part of each table, or all that there are. */
async function writeRows(writing: Writing, run: ExportRun, signal: AbortSignal): Promise<boolean> {
  const lines = new Map<string, string[]>()
  const until = Date.now() + KEEP_MS
  let [place, length, seen] = [run.place, 0, 0]
  while (place.step !== 'FILES' && place.step !== 'DONE' && length < PART_LENGTH && Date.now() < until) {
    signal.throwIfAborted()
    const page = await exportPage(writing.db, run, place)
    place = page.next
    seen += page.seen
    if (page.rows.length) lines.set(page.table, [...(lines.get(page.table) ?? []), ...page.rows])
    length += page.rows.reduce((sum, row) => sum + row.length, 0)
  }
  const number = String(run.kept).padStart(8, '0')
  const parts: ExportPart[] = []
  for (const [table, rows] of lines)
    parts.push(await putRows(writing, run, { name: `${table}/${number}.jsonl`, text: `${rows.join('\n')}\n` }))
  return keep(writing, run, { place, parts, seen, messages: lines.get('message')?.length ?? 0 })
}
