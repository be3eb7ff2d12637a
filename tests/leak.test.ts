/**
 * Nobody is shown anything of another tenant, or of a conversation that he may not read: every field of the printed schema is asked with ids
 * and cursors of what is hidden from the asker. What is asked is found by walking the schema, so a new field is asked without a change here.
 */
import { describe, expect, inject } from 'vitest'
import { LARGE_DOCUMENTS } from './support/large-documents.ts'
import { BREAKS, broken } from './support/leak/breaks.ts'
import type { Choice } from './support/leak/open-stage.ts'
import { ENDS_ITS_ASKER } from './support/leak/recipes.ts'
import { summary, type Walk, walk } from './support/leak/walk.ts'
import { ANOTHER_TENANT } from './support/leak/worlds.ts'
import { test as base, startTestApp } from './support/test-app.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** `npm run test:leak -- --break`: the server has leaks, so that one sees this fail. */
    isBroken?: boolean
  }
}

const MINUTES = 60_000
const ROOTS = ['conversation', 'user', 'muteConversation', 'conversationEvents']

const test = base
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern which fixtures this one needs.
  .extend('whole', { scope: 'file' }, async ({}): Promise<Walk> => {
    const { app, opened } = await startTestApp(inject('isBroken') ? { parts: broken } : {}, LARGE_DOCUMENTS)
    const found = await walkAndClose({ app, opened })
    console.log(`${found.operations} operations asked`)
    return found
  })

async function walkAndClose({ app, opened }: Awaited<ReturnType<typeof startTestApp>>, choice?: Choice): Promise<Walk> {
  await using all = opened
  const adopt = (socket: { cut(): void }) => void all.defer(() => socket.cut())
  return await walk(app, { sockets: { adopt }, choice })
}

describe('every field and every id of the printed schema, asked by one who may not', () => {
  test('shows nothing, tells nothing, changes nothing', { timeout: 4 * MINUTES }, ({ whole }) => {
    expect(summary(whole.leaks)).toBe('')
  })

  test('was asked', ({ whole }) => {
    expect(whole.notAsked).toEqual([])
    // Over HTTP renewSession is refused whatever it is given; tests/sessions.test.ts does it over a socket.
    // To erase somebody takes his name, too: tests/erasure.test.ts does it.
    expect(whole.notDone.sort()).toEqual(['eraseMe', 'eraseUser', 'renewSession', ...ENDS_ITS_ASKER].sort())
  })

  test('shows it to those who may', ({ whole }) => {
    expect(whole.unseen).toEqual([])
  })
})

test('leaks that are planted are found', { timeout: 2 * MINUTES }, async () => {
  const { leaks } = await walkAndClose(await startTestApp({ parts: broken }, LARGE_DOCUMENTS), {
    isChosen: (root) => ROOTS.includes(root),
    worldNames: [ANOTHER_TENANT, 'of others'],
  })
  for (const [name, { place, shown }] of Object.entries(BREAKS)) {
    const found = leaks.filter((leak) => leak.place === place).map((leak) => leak.shown)
    expect(found, name).toContainEqual(expect.stringMatching(shown))
  }
})
