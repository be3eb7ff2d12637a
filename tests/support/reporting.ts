/** Reporting through the API, and what the operator has of it. */
import type { App } from '../../src/app.ts'
import { decodeId } from '../../src/lib/ids.ts'
import type { Actor } from './actor.ts'
import { mutate } from './mutate.ts'
import type { TestTenant } from './test-app.ts'

const REPORT = 'report { reason createdAt }'

export const reportMessage = (actor: Actor, messageId: string, more: object = {}) =>
  mutate(actor, 'reportMessage', { messageId, reason: 'SPAM', ...more }, REPORT)
export const reportUser = (actor: Actor, { id: userId }: Pick<Actor, 'id'>, more: object = {}) =>
  mutate(actor, 'reportUser', { userId, reason: 'SPAM', ...more }, REPORT)

export const casesOf = ({ db }: App, { uuid: tenantId }: TestTenant) =>
  db.moderationCase.findMany({ where: { tenantId }, orderBy: { firstReportedAt: 'asc' } })
export const evidenceOf = ({ db }: App, { uuid: tenantId }: TestTenant) =>
  db.evidence.findMany({ where: { tenantId }, orderBy: { subjectId: 'asc' } })
export const reportsOf = ({ db }: App, { uuid: tenantId }: TestTenant) =>
  db.report.findMany({ where: { tenantId }, orderBy: { at: 'asc' } })
export const uuid = (id: string) => decodeId(id.startsWith('msg') ? 'msg' : 'usr', id) ?? ''
