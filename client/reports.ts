/** Tells the operator of what is said, or of who says it. */
import type { Chat } from './api.ts'
import type { Connection } from './asking.ts'
import {
  type ReportReason as ReasonToday,
  ReportMessageDocument,
  ReportReasonsDocument,
  ReportUserDocument,
} from './generated/graphql.ts'
import { accepted } from './outbox/accepted.ts'
import { newId } from './outbox/entry.ts'
import type { NewReport } from './safety.ts'
import { untilAnswered } from './until-answered.ts'

interface Options {
  connection: Pick<Connection, 'request'>
  random: () => number
}

type Reports = Pick<Chat, 'reportReasons' | 'reportMessage' | 'reportUser'>

export function createReports({ connection: { request }, random }: Options): Reports {
  const inputOf = ({ reason, comment }: NewReport) => ({
    reason: reason as ReasonToday, // a newer server may give others: it judges them
    comment: comment?.trim() || null,
    clientMutationId: newId(random),
  })
  return {
    async reportReasons() {
      return (await untilAnswered(() => request(ReportReasonsDocument))).reportReasons
    },
    async reportMessage(messageId, report) {
      const input = { messageId, ...inputOf(report) }
      const { reportMessage } = await untilAnswered(() => request(ReportMessageDocument, { input }))
      accepted(reportMessage, 'ReportMessagePayload')
    },
    async reportUser(userId, report) {
      const input = { userId, ...inputOf(report) }
      const { reportUser } = await untilAnswered(() => request(ReportUserDocument, { input }))
      accepted(reportUser, 'ReportUserPayload')
    },
  }
}
