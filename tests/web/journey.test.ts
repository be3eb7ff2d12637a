/** Two people chat by the page, through all that may happen to a server and a network. */
import type { Browser } from 'playwright-core'
import { test as base, describe, expect } from 'vitest'
import { freePort } from '../../scripts/services/free-port.ts'
import { createActor } from '../support/actor.ts'
import { launchBrowser } from '../support/browser.ts'
import { freshDatabase } from '../support/database.ts'
import { needs } from '../support/needs.ts'
import { startServer } from '../support/server-process.ts'
import { onceIsEnough } from './once.ts'
import { expectFreshBuild, openWindow, TALL, type Window } from './window.ts'

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }): Promise<Browser> => {
    expectFreshBuild()
    const browser = await launchBrowser()
    onCleanup(() => browser.close())
    return browser
  })
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  .extend('demo', async ({}, { onCleanup }) => {
    const opened = new AsyncDisposableStack()
    onCleanup(() => opened.disposeAsync())
    const database = opened.use(await freshDatabase())
    const env = { HOST: '127.0.0.1', PORT: String(await freePort()) }
    const start = async () => {
      const server = opened.use(startServer(database, env))
      const url = await server.ready()
      return { server, url, links: { alice: await linkOf('Alice'), bob: await linkOf('Bob') } }
      async function linkOf(name: string): Promise<string> {
        return /http\S+/.exec(await server.printed(new RegExp(`#token=\\S+ +${name}$`)))?.[0] ?? ''
      }
    }
    return { start, ...(await start()) }
  })

/** The list of each is the same, and is what the server has. */
async function expectSame(windows: Window[], link: string, url: string): Promise<void> {
  const token = link.split('#token=')[1] ?? ''
  const id = new URL(windows[0]?.page.url() ?? '').hash.slice(2)
  const asker = createActor({ id: '', externalId: '', token }, { url, adopt: () => {} })
  const { edges } = await asker.history(id, { last: 50 })
  const stored = edges.map(({ node: { seq, text } }) => ({ seq, text }))
  for (const window of windows) await expect.poll(window.shown, { timeout: 15_000 }).toEqual(stored)
}

describe.skipIf(needs('chromium') === null)('two people and the page', { timeout: 120_000 }, () => {
  onceIsEnough()

  test('chat through a kill -9 and through a page that is offline; all end with the same list', async ({
    browser,
    demo,
  }) => {
    const [here, there] = [await browser.newContext({ viewport: TALL }), await browser.newContext({ viewport: TALL })]
    const alice = await openWindow(here, demo.links.alice)
    const bob = await openWindow(there, demo.links.bob)
    const otherTab = await openWindow(there, demo.links.bob)
    const all = [alice, bob, otherTab]
    expect(alice.page.url()).not.toContain('token')
    for (const window of all) await window.open('General')

    await alice.composer.pressSequentially('Are you')
    await bob.page.getByText('Alice is typing').waitFor()
    await alice.say('Are you there?')
    for (const window of [bob, otherTab]) await window.sees('Are you there?')
    await bob.say('Yes')
    await alice.sees('Yes')

    demo.server.signal('SIGKILL')
    await demo.server.ended()
    for (const window of all) await window.banner.getByText('You are offline').waitFor()
    for (const [window, text] of [
      [alice, 'Is it gone?'],
      [bob, 'It is'],
    ] as const) {
      await window.say(text)
      await window.message(text).getByText('Will be sent').waitFor()
    }
    await demo.start()
    for (const window of all) for (const text of ['Is it gone?', 'It is']) await window.sees(text)
    for (const window of all) await window.banner.getByText('You are offline').waitFor({ state: 'hidden' })

    const network = await there.newCDPSession(bob.page)
    const conditions = { latency: 0, downloadThroughput: -1, uploadThroughput: -1 }
    await network.send('Network.enable')
    await network.send('Network.emulateNetworkConditions', { ...conditions, offline: true })
    await bob.banner.getByText('You are offline').waitFor()
    for (const n of [1, 2, 3]) {
      await alice.say(`to bob ${n}`)
      await bob.say(`to alice ${n}`)
    }
    for (const n of [1, 2, 3]) await otherTab.sees(`to bob ${n}`)
    expect(await bob.messages.filter({ hasText: 'to bob' }).count()).toBe(0)
    await network.send('Network.emulateNetworkConditions', { ...conditions, offline: false })
    for (const window of all)
      for (const n of [1, 2, 3]) {
        await window.sees(`to bob ${n}`)
        await window.sees(`to alice ${n}`)
      }

    await expectSame(all, demo.links.alice, demo.url)
    expect(await alice.pendingSeen()).toContain('Is it gone?')
    expect(await bob.pendingSeen()).toEqual(expect.arrayContaining(['It is', 'to alice 1', 'to alice 2', 'to alice 3']))
    expect(all.flatMap(({ faults }) => faults)).toEqual([])
  })
})
