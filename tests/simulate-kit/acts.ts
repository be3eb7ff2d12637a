/** What somebody does in a tab, by what is shown there. */
import { RequestError } from '../../client/errors.ts'
import type { Message } from '../../client/types.ts'
import type { Act, Step } from './schedule.ts'
import type { Server } from './server.ts'
import type { Sent, Tab } from './tab.ts'

const EMOJIS = ['tea', 'cake']

export function createActs({ server, conversations }: { server: Server; conversations: readonly string[] }) {
  let said = 0

  return function act(tab: Tab, what: Act, { which, how }: Step): void {
    const pick = <T>(list: readonly T[], by = which): T | undefined => list[Math.floor(by * list.length)]
    if (tab.isLeaving() && what !== 'kill') return
    const chat = tab.chat()
    const id = pick([...tab.opens.keys()]) ?? conversations[0] ?? ''
    const open = tab.opens.get(id)
    const shown = (open?.messages.get().messages ?? []).filter(isCommitted)
    const own = shown.filter(({ isOwn }) => isOwn)
    const about = pick(shown, how)
    const aboutOwn = pick(own, how)
    const failed = chat.outbox.get().filter(({ state }) => state === 'failed')
    const name = `${tab.name} ${++said}`

    const acts: Record<Act, () => unknown> = {
      send: () => tab.send(pick(conversations) ?? id, how < 0.05 ? `refused ${name}` : name),
      edit: () => aboutOwn && chat.edit(aboutOwn.id, { text: `${name}, edited` }),
      remove: () => aboutOwn && chat.delete(aboutOwn.id, 'EVERYBODY'),
      hide: () => about && chat.delete(about.id, 'ME'),
      react: () => about && chat.react(about.id, pick(EMOJIS) ?? ''),
      unreact: () => about && chat.unreact(about.id, pick(EMOJIS) ?? ''),
      read: () => open?.markRead(how < 0.7 ? undefined : about?.id),
      open: () => tab.open(pick(conversations, how) ?? id),
      close: () => {
        open?.close()
        tab.opens.delete(id)
      },
      older: () => open?.loadOlder(),
      newer: () => open?.loadNewer(),
      around: () => {
        const all = server.truth.tables().talks[id]?.messages ?? []
        const message = pick(all, how)
        if (message) open?.showAround(message.id)
      },
      fill: () => {
        const hole = pick(open?.messages.get().holes ?? [], how)
        if (hole) open?.fill(hole)
      },
      newest: () => open?.showNewest(),
      members: () => open?.loadMembers(),
      list: () => chat.loadConversations().catch(isRefused),
      retry: () => {
        const entry = pick(failed)
        if (!entry) return
        tab.retried.add(entry.clientId)
        chat.retry(entry.id)
      },
      discard: () => {
        const entry = pick(failed)
        if (!entry) return
        tab.discarded.add(entry.clientId)
        chat.discard(entry.id)
      },
      kill: () => tab.kill(isNowhereElse),
      reload: () => tab.reload(isNowhereElse),
      offline: () => {
        tab.network().setOffline(true)
        if (how < 0.7) tab.tell('offline')
      },
      online: () => {
        tab.network().setOffline(false)
        tab.tell(how < 0.8 ? 'online' : 'awake')
      },
      reconnect: () => chat.reconnect(),
    }
    acts[what]()

    function isNowhereElse({ user, clientId }: Sent): boolean {
      return !tab.device.wasKept(clientId) && !server.truth.wasTaken(user, clientId)
    }
  }
}

/** As the page is told: there is no more of the list now. */
function isRefused(error: unknown): void {
  if (!(error instanceof RequestError)) throw error
}

const isCommitted = (message: Message): message is Message & { id: string } => message.id !== null
