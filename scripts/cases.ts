/** `npm run cases -- COMMAND`: what was reported, the evidence of it, who has looked at that, and letting it go. */
import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { StartError } from '../src/errors.ts'
import { heldKeysOf } from '../src/files/keys.ts'
import { decodeId, encodeId } from '../src/lib/ids.ts'
import type { Uuid } from '../src/model.ts'
import type { Cases } from '../src/moderation/cases.ts'
import type { ShownMessage } from '../src/moderation/evidence.ts'
import { orExplain } from './explain.ts'
import { withParts } from './with-parts.ts'

const USAGE = `usage: npm run cases -- list [--limit 100]
       npm run cases -- show ID --why TEXT [--operator NAME] [--limit 100]
       npm run cases -- accesses ID [--limit 100]
       npm run cases -- release ID --why TEXT [--operator NAME]
       npm run cases -- restore ID --why TEXT [--operator NAME]
list shows open cases, urgent ones first. show prints what was kept, with at most so many reports, and notes who has looked and why; accesses shows that.
release lifts a legal hold and closes the case: files that were held are removed. restore does the same, and brings the hidden message back.`

const MOST = 1_000

await orExplain(async () => {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { limit: { ...text, default: '100' }, why: text, operator: text },
  })
  const [command, given] = positionals
  const limit = Number(values.limit)
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw new StartError(`--limit is 1 to ${MOST}. ${USAGE}`)
  const reader = { operator: values.operator ?? userInfo().username, why: values.why?.trim() ?? '' }
  await withParts(async ({ cases }) => {
    if (command === 'list' && given === undefined) return list(cases, limit)
    const id = decodeId('case', given ?? '')
    const found = id === null ? null : await cases.byId(id)
    if (command === undefined || given === undefined) throw new StartError(USAGE)
    if (!found) throw new StartError(`There is no case "${given}"; see list`)
    const name = { tenantId: found.tenantId, caseId: found.id }
    if (command === 'accesses')
      return print(
        (await cases.accesses(name, limit)).map(({ operator, why, action, at }) => ({ at, operator, action, why })),
      )
    if (!reader.why) throw new StartError(`Say why: it is noted. ${USAGE}`)
    if (command === 'show') return print(await shown(cases, found.id, { reader, limit }))
    if (command !== 'release' && command !== 'restore') throw new StartError(USAGE)
    const isRestored = command === 'restore'
    if (isRestored && found.subjectKind !== 'MESSAGE')
      throw new StartError('Nothing was hidden by this case: release it')
    if (!(await cases.release(name, reader, { isRestored }))) throw new StartError('This case is under no legal hold')
    console.log(isRestored ? 'The hold is lifted; a server brings the message back now' : 'The hold is lifted')
  })
})

function print(lines: readonly unknown[]): void {
  for (const line of lines) console.log(JSON.stringify(line))
}

async function list(cases: Cases, limit: number): Promise<void> {
  const open = await cases.open(limit)
  print(open.map(caseLine))
  if (open.length === limit) console.error(`There may be more than ${limit}; give --limit`)
}

type Case = NonNullable<Awaited<ReturnType<Cases['byId']>>>

/** With ids as the API has them. */
function caseLine({ id, tenantId, subjectKind, subjectId, userId, conversationId, ...more }: Case) {
  return {
    caseId: encodeId('case', id),
    tenantId: encodeId('tenant', tenantId),
    ...(subjectKind === 'MESSAGE' && { messageId: encodeId('msg', subjectId) }),
    userId: userId && encodeId('usr', userId),
    conversationId: conversationId && encodeId('conv', conversationId),
    ...more,
  }
}

/** A line of JSON each: the case, its reports, and what was kept. */
async function shown(
  cases: Cases,
  id: Uuid,
  { reader, limit }: { reader: Parameters<Cases['show']>[1]; limit: number },
): Promise<object[]> {
  const all = await cases.show(id, reader, limit)
  if (!all) return []
  const { tenantId, heldAt, releasedAt, subjectKind } = all.case
  const isHeld = heldAt !== null && releasedAt === null
  return [
    caseLine(all.case),
    ...all.reports.map(({ reporterId, comment, at }) => ({ reporterId: encodeId('usr', reporterId), comment, at })),
    ...all.evidence.map(({ subjectId, revision, isReported, authorId, takenAt, content }) => ({
      [subjectKind === 'MESSAGE' ? 'messageId' : 'userId']: encodeId(
        subjectKind === 'MESSAGE' ? 'msg' : 'usr',
        subjectId,
      ),
      ...{ revision, isReported, authorId: authorId && encodeId('usr', authorId), takenAt },
      ...(isHeld && isReported && { heldObjects: heldIn(tenantId, content as Partial<ShownMessage> | null) }),
      content,
    })),
  ]
}

/** Where the object store has them. */
function heldIn(tenantId: Uuid, content: Partial<ShownMessage> | null): string[] {
  return (content?.attachments ?? []).map(({ id }) => heldKeysOf({ tenantId, id }))
}
