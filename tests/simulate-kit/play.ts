/** One run: people in their tabs under a schedule of faults, then peace, then the verdict. */
import type { OpenConversation } from '../../client/api.ts'
import { createClock } from '../simulate/clock.ts'
import { random } from '../support/adversary.ts'
import { createActs } from './acts.ts'
import { createDevice } from './device.ts'
import { judge } from './judge.ts'
import { judgeSends } from './judge-sends.ts'
import { isAct, type Step } from './schedule.ts'
import { createServer } from './server.ts'
import { createTab, type Tab } from './tab.ts'
import { USERS } from './tables.ts'
import { createWeather } from './weather.ts'

const CONVERSATIONS = ['c1', 'c2', 'c3', 'c4']
/** A dead socket is found, the longest wait between attempts passes, and what is on its way comes. */
const PATIENCE_MS = 150_000
/** So long nothing may be left to do. */
const CALM_MS = 6_000

/** null: all is as it should be. */
export async function play(seed: number, steps: readonly Step[]): Promise<string | null> {
  const clock = createClock()
  clock.install()
  const dice = random(seed + 1_000_003)
  let fault: string | null = null
  const breach = (why: string): void => {
    fault ??= why
  }
  const onError = (error: unknown): void => breach(`an error that nobody caught: ${(error as Error)?.stack ?? error}`)
  process.on('unhandledRejection', onError).on('uncaughtException', onError)

  let isPeace = false
  let isDown = false
  const server = createServer({ clock, dice, isPeace: () => isPeace })
  for (const id of CONVERSATIONS) server.truth.begin(id, id === 'c4' ? ['ann'] : USERS)
  for (let n = 0; n < 24; n++)
    server.truth.send(USERS[n % 3] ?? 'ann', CONVERSATIONS[n % 7 === 0 ? 1 : 0] ?? '', {
      clientId: `before ${n}`,
      text: `before ${n}`,
    })
  server.truth.backUp()

  const world = { clock, dice, server, breach, isPeace: () => isPeace, isDown: () => isDown }
  const tabs = tabsOf(world, dice.chance(0.7))
  const act = createActs({ server, conversations: CONVERSATIONS })
  const setDown = (now: boolean) => {
    isDown = now
  }
  const happen = createWeather({ ...world, tabs, conversations: CONVERSATIONS, setDown })

  for (const step of steps) {
    await clock.pass(step.waitMs)
    const { what } = step
    if (!isAct(what)) happen(what, step)
    else act(tabs[Math.floor(step.who * tabs.length)] as Tab, what, step)
    if (fault) break
  }

  isPeace = true
  isDown = false
  server.recover()
  for (const tab of tabs) {
    tab.tokens.refused = 0
    tab.device.fill(false)
    tab.network().setOffline(false)
    tab.tell('online')
  }
  fault ??= await calm()
  fault ??= judge(server.truth, tabs) ?? judgeSends(server.truth, tabs)
  fault ??= await readAll()
  for (const tab of tabs) tab.kill(() => false)
  process.off('unhandledRejection', onError).off('uncaughtException', onError)
  return fault

  async function calm(): Promise<string | null> {
    let since = clock.now()
    for (const until = since + PATIENCE_MS; clock.now() < until && !fault; ) {
      if (clock.now() - since >= CALM_MS) return fault
      await clock.pass(500)
      if (server.isOwing() || tabs.some((tab) => restless(tab) !== null)) since = clock.now()
    }
    return fault ?? tabs.map(restless).find((why) => why !== null) ?? 'all is never calm'
  }

  /** Everything there is, page by page. */
  async function readAll(): Promise<string | null> {
    for (const tab of tabs) for (const id of CONVERSATIONS) void tab.open(id).showNewest()
    let unread: OpenConversation[] = []
    for (let n = 0; n < 80; n++) {
      const why = await calm()
      if (why) return why
      unread = tabs.flatMap((tab) => [...tab.opens.values()]).filter((open) => open.messages.get().hasOlder)
      if (!unread.length) return judge(server.truth, tabs)
      for (const open of unread) void open.loadOlder()
    }
    return `the beginning of ${unread[0]?.id} is never reached`
  }
}

/** Why it is not calm. */
function restless(tab: Tab): string | null {
  const { status } = tab.chat().connection.get()
  const entry = tab
    .chat()
    .outbox.get()
    .find(({ state }) => state !== 'failed')
  if (status !== 'online') return `${tab.name} stays ${status}`
  if (entry) return `${tab.name} has a ${entry.action.kind} that stays ${entry.state}`
  const sockets = tab.network().sockets()
  if (sockets.some(({ isDead }) => isDead)) return `${tab.name} does not find that its socket is dead`
  if (sockets.length > 1) return `${tab.name} keeps several sockets`
  const loading = [...tab.opens].find(([, open]) => open.messages.get().isLoading)
  if (loading) return `${tab.name} is loading ${loading[0]} without end`
  return tab.chat().conversations.get().isLoading ? `${tab.name} is loading its list without end` : null
}

function tabsOf(world: Parameters<typeof createTab>[0], hasTwo: boolean): Tab[] {
  const device = createDevice('ann', world)
  const make = (user: string, name: string, where = createDevice(name, world)) =>
    createTab(world, { user, name, device: where, tokens: { refused: 0 } })
  const second = hasTwo ? [make('ann', 'second of ann', device)] : []
  return [make('ann', 'ann', device), ...second, make('bob', 'bob')]
}
