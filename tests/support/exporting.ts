/** Asking for what is kept of oneself, as an app does: asked for, waited for, downloaded. */
import { expect } from 'vitest'
import type { Actor } from './actor.ts'
import { mutate, type Result } from './mutate.ts'
import { unzip } from './unzip.ts'

export interface ShownExport {
  id: string
  state: string
  percent: number
  messages: number
  bytes: number
  finishedAt: string | null
  expiresAt: string | null
  url: string | null
}

export const EXPORT = 'id state percent messages bytes finishedAt expiresAt url'

export const askExport = (actor: Pick<Actor, 'ask'>, input: object = {}): Promise<Result> =>
  mutate(actor as Actor, 'exportMyData', input, `export { ${EXPORT} }`)

export async function exportsOf(actor: Pick<Actor, 'ask'>): Promise<ShownExport[]> {
  const { viewer } = await actor.ask<{ viewer: { exports: ShownExport[] } }>(`{ viewer { exports { ${EXPORT} } } }`)
  return viewer.exports
}

/** The newest one, when it is READY. */
export async function readyExport(actor: Pick<Actor, 'ask'>, timeout = 30_000): Promise<ShownExport> {
  const newest = async () => (await exportsOf(actor))[0]
  await expect.poll(async () => (await newest())?.state, { timeout, interval: 100 }).toBe('READY')
  return (await newest()) as ShownExport
}

export async function download({ url }: Pick<ShownExport, 'url'>): Promise<Buffer> {
  const response = await fetch(url ?? '')
  expect(response.status).toBe(200)
  const content = Buffer.from(await response.arrayBuffer())
  expect(response.headers.get('content-length')).toBe(String(content.length))
  return content
}

export async function exported(actor: Pick<Actor, 'ask'>): Promise<Map<string, Buffer>> {
  expect(await askExport(actor)).toMatchObject({ __typename: 'ExportMyDataPayload' })
  return unzip(await download(await readyExport(actor)))
}
