/** Forgets a user who is to be forgotten: conversation by conversation, then table by table. Killed anywhere it goes on where it was. */
import { eraseRows, ROWS_AT_ONCE } from '../accounts/erase-rows.ts'
import { type Claimed, type Erasures, eraseUserKind } from '../accounts/erasures.ts'
import { type Exports, removeExportKind } from '../accounts/exports.ts'
import { type PersonalTables, personalData } from '../accounts/personal-data.ts'
import type { Memberships } from '../conversations/memberships.ts'
import { successor } from '../conversations/succession.ts'
import { type Db, transaction } from '../db.ts'
import type { JobHandler, Jobs } from '../jobs/queue.ts'
import type { Append } from '../messages/append.ts'
import { eraseSaid } from '../messages/erase.ts'
import type { UserName, Uuid } from '../model.ts'
import type { Objects } from '../objects/objects.ts'
import { removeArchive } from './remove-export.ts'

interface Dependencies {
  db: Db
  append: Append
  memberships: Memberships
  erasures: Erasures
  exports: Exports
  objects: Objects
  jobs: Jobs
  tables?: PersonalTables
}

/** Then another run goes on, long before this one would be given up. */
const RUN_MS = 240_000
/** Longer than any run that writes an export. */
const WRITING_MS = 900_000

export function eraseUser(dependencies: Dependencies): JobHandler<UserName> {
  const { db, append, memberships, erasures, exports, jobs, tables = personalData } = dependencies

  /** false: there is more. */
  async function erase(claimed: Claimed, signal: AbortSignal): Promise<boolean> {
    const { place } = claimed
    const until = Date.now() + RUN_MS
    for await (const { id, isDirect } of conversationsOf(db, claimed, place.conversationId)) {
      signal.throwIfAborted()
      if (Date.now() > until) return false
      if (!isDirect) await leave(claimed, id)
      await said(claimed, { id, from: id === place.conversationId ? place.seq : 0 }, signal)
    }
    await given(claimed)
    for (const [name, table] of Object.entries(tables))
      if (table.rows === 'DELETED' || table.rows === 'EMPTIED') await rowsOf(claimed, { name, table }, signal)
    await erasures.finish(claimed)
    return true
  }

  /** Under the conversation's lock: nothing of him comes after it. A direct one keeps its two members, of whom he is nobody now. */
  async function leave({ tenantId, userId }: UserName, conversationId: Uuid): Promise<void> {
    await append.changes({
      ...{ tenantId, conversationId, actorId: userId },
      async also({ tx, record }) {
        const next = await successor(tx, { tenantId, conversationId, userId })
        if (!next) return
        await memberships.setRole(tx, { tenantId, conversationId, userId: next.userId }, 'OWNER')
        const was = { previousRole: next.role, userId: next.userId }
        record(conversationId, { kind: 'MEMBER_ROLE_CHANGED', role: 'OWNER', ...was })
      },
      changes: [{ change: 'LEFT', userId, reason: 'LEFT' }],
    })
  }

  async function said(user: Claimed, { id: conversationId, from }: { id: Uuid; from: number }, signal: AbortSignal) {
    const { tenantId, userId } = user
    for (let after: number | null = from; after !== null; ) {
      signal.throwIfAborted()
      const piece = { conversationId, after }
      const { next } = await append.change(
        { tenantId, actorId: userId, streams: [conversationId], once: null },
        async (changing) => {
          const { next, ...counts } = await eraseSaid(changing, user, piece)
          await erasures.note(changing.tx, user, counts, { conversationId, seq: next ?? piece.after })
          return { next }
        },
      )
      after = next
    }
  }

  /** What he was given of himself. Whoever was writing it just now writes no more, but perhaps one part: it is looked again when he must have ended. */
  async function given(user: Claimed): Promise<void> {
    const { tenantId } = user
    for (const id of await exports.idsOf(user)) {
      await jobs.send(removeExportKind, { tenantId, id }, { at: new Date(Date.now() + WRITING_MS) })
      const object = await removeArchive(dependencies, { tenantId, id })
      if (object) await transaction(db, (tx) => erasures.note(tx, user, { object }, null))
    }
  }

  async function rowsOf(
    user: Claimed,
    { name, table }: { name: string; table: PersonalTables[string] },
    signal: AbortSignal,
  ) {
    for (let count = ROWS_AT_ONCE; count === ROWS_AT_ONCE; ) {
      signal.throwIfAborted()
      count = await transaction(db, async (tx) => {
        const taken = await eraseRows(tx, user, { name, table })
        if (taken) await erasures.note(tx, user, { [name]: taken }, null)
        return taken
      })
    }
  }

  return {
    kind: eraseUserKind,
    async handle(user, signal) {
      const claimed = await erasures.claim(user)
      if (!claimed) return
      const isDone = await erase(claimed, signal).finally(() => erasures.leave(claimed))
      if (!isDone) await jobs.send(eraseUserKind, user)
    },
  }
}

const PAGE = 100

/** All in which he is or was, from this one on. */
async function* conversationsOf(db: Db, { tenantId, userId }: UserName, from: Uuid | null) {
  for (let after = from, isFirst = true; ; isFirst = false) {
    const rows: { id: Uuid; isDirect: boolean }[] = await db.$queryRaw`
      select distinct m.conversation_id as id, c.kind = 'DIRECT' as "isDirect" from membership m
      join conversation c on c.tenant_id = m.tenant_id and c.id = m.conversation_id
      where m.tenant_id = ${tenantId}::uuid and m.user_id = ${userId}::uuid
        and (${after === null} or m.conversation_id > ${after}::uuid or (${isFirst} and m.conversation_id = ${after}::uuid))
      order by 1 limit ${PAGE}`
    yield* rows
    after = rows.at(-1)?.id ?? null
    if (rows.length < PAGE) return
  }
}
