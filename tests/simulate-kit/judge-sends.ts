/** What was sent, against what the server has: each once and in order, or told as failed. */
import type { Sent, Tab } from './tab.ts'
import type { Truth } from './truth.ts'

export function judgeSends(truth: Truth, tabs: readonly Tab[]): string | null {
  const all = Object.values(truth.tables().talks).flatMap(({ messages }) => messages)
  const inOutbox = new Set(
    tabs.flatMap((tab) =>
      tab
        .chat()
        .outbox.get()
        .map(({ clientId }) => clientId),
    ),
  )
  const atServer = ({ user, clientId }: Sent) =>
    all.filter(({ authorId, clientMessageId }) => authorId === user && clientMessageId === clientId)

  function faultOf(sent: Sent): string | null {
    const [message, twice] = atServer(sent)
    const { text, clientId } = sent
    if (twice) return `"${text}" was sent twice`
    if (message && inOutbox.has(clientId)) return `"${text}" is told as failed, and was taken`
    if (message)
      return message.revision === 0 && message.deletedAt === null && message.text !== text
        ? `"${text}" is another text`
        : null
    const wasForgotten = truth.life() > 1 && truth.wasTaken(sent.user, clientId)
    const isExcused =
      sent.isExcused || tabs.some(({ discarded }) => discarded.has(clientId)) || inOutbox.has(clientId) || wasForgotten
    return isExcused ? null : `"${text}" was lost`
  }

  for (const tab of tabs) {
    for (const sent of tab.sent) {
      const fault = faultOf(sent)
      if (fault) return fault
    }
    const places = new Map<string, number>()
    for (const sent of tab.sent) {
      const [message] = atServer(sent)
      // What a full storage did not take the other tabs do not know of, and cannot wait for.
      if (!message || !tab.device.wasKept(sent.clientId)) continue
      if (tabs.some(({ retried }) => retried.has(sent.clientId))) continue
      if (message.seq < (places.get(sent.conversationId) ?? 0)) return `"${sent.text}" was overtaken`
      places.set(sent.conversationId, message.seq)
    }
  }
  return null
}
