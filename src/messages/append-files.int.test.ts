/** What append promises of files: a message has all of those that it names, or it is not sent. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import {
  beginGroup,
  draftOf,
  type LogFixture,
  logFaults,
  openLog,
  type Place,
} from '../../tests/support/log-fixture.ts'
import type { ChatError } from '../errors.ts'
import { newUuid } from '../lib/ids.ts'
import type { Uuid } from '../model.ts'
import type { DraftInput } from './draft.ts'

let log: LogFixture
let [ann, ben]: Uuid[] = []
let here: Place

beforeAll(async () => {
  log = await openLog()
})
beforeEach(async () => {
  const tenant = await log.tenant(2)
  ;[ann, ben] = tenant.users
  const conversationId = await beginGroup(log.parts.append, tenant.tenantId, [ann!, ben!])
  here = { tenantId: tenant.tenantId, conversationId, authorId: ann! }
})
afterAll(() => log[Symbol.asyncDispose]())

async function file(more: { ownerId?: Uuid; tenantId?: Uuid; state?: string; scan?: string } = {}): Promise<Uuid> {
  const row = { tenantId: here.tenantId, id: newUuid(), ownerId: ann!, state: 'STORED', scan: 'CLEAN', ...more }
  const [createdAt, removeAt] = [new Date(), new Date(Date.now() + 86_400_000)]
  const what = { name: 'a.txt', contentType: 'text/plain', bytes: 5n, createdAt, uploadExpiresAt: createdAt, removeAt }
  await log.db.attachment.create({ data: { ...row, ...what } })
  return row.id
}

const send = (attachmentIds: Uuid[], more: Partial<DraftInput> = {}, place = here) =>
  log.parts.append.message(draftOf(place, { attachmentIds, ...more }))
const refusal = (sent: Promise<unknown>) =>
  sent.then(
    () => null,
    ({ code, details }: ChatError) => [code, details.path],
  )
const REFUSED = ['INVALID_INPUT', 'input.attachmentIds']
const claimed = async () =>
  (
    await log.db.attachment.findMany({
      where: { tenantId: here.tenantId, messageId: { not: null } },
      orderBy: { place: 'asc' },
    })
  ).map(({ id, messageId, removeAt }) => ({ id, messageId, removeAt }))

test('a message claims its files, in their order, and may say nothing else', async () => {
  const ids = [await file(), await file({ scan: 'PENDING' })]
  ids.reverse()
  const { message } = await send(ids, { text: '' })
  expect(message).toMatchObject({ text: '', attachmentCount: 2, expiresAt: null })
  expect(await claimed()).toEqual(ids.map((id) => ({ id, messageId: message.id, removeAt: null })))
  const [stored] = await log.parts.history.byIds(here.tenantId, [message.id])
  expect(stored).toEqual(message)
})

test('a repeat answers the original, and claims nothing else', async () => {
  const id = await file()
  const draft = draftOf(here, { attachmentIds: [id] })
  const first = await log.parts.append.message(draft)
  expect(await log.parts.append.message(draft)).toEqual({ message: { ...first.message }, deduplicated: true })
  const twins = [1, 2].map(() => draftOf(here, { attachmentIds: [], clientMessageId: draft.clientMessageId }))
  expect(await refusal(log.parts.append.message(twins[0]!))).toEqual(['IDEMPOTENCY_CONFLICT', undefined])
  expect(await claimed()).toHaveLength(1)
})

test('a file of somebody else, of another tenant, not stored, quarantined or of nothing is refused, and no other is claimed', async () => {
  const own = await file()
  const bad = [
    await file({ ownerId: ben! }),
    await file({ tenantId: newUuid() }),
    await file({ state: 'AWAITED' }),
    await file({ state: 'REMOVING' }),
    await file({ scan: 'QUARANTINED' }),
    newUuid(),
  ]
  for (const id of bad) expect(await refusal(send([own, id]))).toEqual(REFUSED)
  expect(await refusal(send([own], {}, { ...here, authorId: null }))).toEqual(REFUSED)
  expect(await claimed()).toEqual([])
  expect(await refusal(send([own]))).toBeNull()
  expect(await refusal(send([own]))).toEqual(REFUSED)
})

test('of messages that ask for one file at the same time, in one batch or in many, one has it', async () => {
  const elsewhere = await beginGroup(log.parts.append, here.tenantId, [ann!])
  for (let round = 0; round < 5; round++) {
    const [one, other] = [await file(), await file()]
    const places = [here, { ...here, conversationId: elsewhere }]
    const sends = Array.from({ length: 6 }, (_, i) => refusal(send(i % 3 ? [one] : [one, other], {}, places[i % 2])))
    const outcomes = await Promise.all(sends)
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome !== null)).toEqual(Array(5).fill(REFUSED))
  }
  expect(await logFaults(log.db, here.tenantId)).toEqual([])
})

test('twins with files in one batch are one message', async () => {
  const id = await file()
  const draft = draftOf(here, { attachmentIds: [id] })
  const answers = await Promise.all([draft, draft, draft].map((each) => log.parts.append.message(each)))
  expect(new Set(answers.map(({ message }) => message.id)).size).toBe(1)
  expect(answers.map(({ deduplicated }) => deduplicated)).toEqual([false, true, true])
})

test('when a message is to go is stored with it', async () => {
  const expiresAt = new Date('2099-01-01T00:00:00.000Z')
  const { message } = await send([], { expiresAt })
  const [stored] = await log.parts.history.byIds(here.tenantId, [message.id])
  expect([message.expiresAt, stored?.expiresAt]).toEqual([expiresAt, expiresAt])
})
