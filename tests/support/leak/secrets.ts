/** What is hidden from somebody: unguessable words and raw ids, each with what it is; and where an answer shows one that he had not given himself. */
import { randomUUID } from 'node:crypto'
import { TypeID } from 'typeid-js'

export interface Finding {
  /** In the answer: `data.node.replyTo.text`. */
  path: string
  what: string
}

const WORD = /LEAK-[0-9a-f-]{36}/g
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const ID = /[a-z]+_[\w-]{26,}/g
/** Cursors are signed and not sealed: whoever holds one reads what stands in it. */
const SEALED = /[\w-]{24,}/g

export type Secrets = ReturnType<typeof createSecrets>

export function createSecrets() {
  /** By the world that it is of. */
  const known = new Map<string, { world: string; what: string }>()

  return {
    /** A text to plant. It begins with a word that everybody may search for. */
    word(world: string, what: string): string {
      const word = `LEAK-${randomUUID()}`
      known.set(word, { world, what: `${what}, ${world}` })
      return `needle ${word}`
    },

    /** What it was planted as. */
    whatIs: (word: string): string => known.get(word.split(' ')[1] ?? '')?.what ?? '',

    hide(world: string, ids: Iterable<string>): void {
      for (const id of ids) {
        const secret = { world, what: `an id ${id.split('_')[0]}_, ${world}` }
        known.set(id, secret)
        const uuid = uuidOf(id)
        if (uuid) known.set(uuid, { ...secret, what: `${secret.what}, inside a cursor` })
      }
    },

    find(answer: unknown, { given, worlds }: { given: unknown; worlds: readonly string[] }): Finding[] {
      const own = new Set(tokens(JSON.stringify(given) ?? ''))
      return texts(answer, '').flatMap(([path, text]) =>
        tokens(text)
          .filter((token) => !own.has(token) && worlds.includes(known.get(token)?.world ?? ''))
          .map((token) => ({ path, what: known.get(token)?.what ?? '' })),
      )
    },
  }
}

/** All that may be a secret in a text, also where it is only encoded. */
function tokens(text: string): string[] {
  const plain = (each: string) => [WORD, UUID, ID].flatMap((pattern) => each.match(pattern) ?? [])
  const decoded = (text.match(SEALED) ?? []).flatMap((each) => plain(Buffer.from(each, 'base64url').toString('latin1')))
  const ids = plain(text)
  return [...ids, ...decoded, ...ids.map(uuidOf).filter((uuid) => uuid !== null)]
}

function texts(value: unknown, path: string): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inside]): [string, string][] => {
    const at = Array.isArray(value) ? path : path ? `${path}.${key}` : key
    return [[at, key], ...texts(inside, at)]
  })
}

/** null for an id that is none of TypeID's. */
function uuidOf(id: string): string | null {
  try {
    return TypeID.fromString(id).toUUID()
  } catch {
    return null // an id of another sort, as those of events are
  }
}
