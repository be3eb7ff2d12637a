/** Documents that are known before they are asked: a manifest of hash and text. Clients send the hash; where nothing else is trusted, they must ask one of these. */
import { readFileSync } from 'node:fs'
import { ChatError, StartError } from '../errors.ts'

/** What of a request names its document, over HTTP and over WebSocket alike. */
export interface Asked {
  query?: unknown
  documentId?: unknown
  extensions?: unknown
}

export type TrustedDocuments = ReturnType<typeof createTrustedDocuments>

/** Throws StartError for a file that cannot be read or is no manifest. */
export function readManifest(path: string): ReadonlyMap<string, string> {
  try {
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as unknown
    const entries = Object.entries((manifest ?? {}) as Record<string, unknown>)
    if (
      typeof manifest !== 'object' ||
      Array.isArray(manifest) ||
      !entries.length ||
      entries.some(([, text]) => typeof text !== 'string')
    )
      throw new Error('it must be a JSON object of hashes and documents')
    return new Map(entries as [string, string][])
  } catch (cause) {
    throw new StartError(`TRUSTED_DOCUMENTS: ${path} cannot be used: ${(cause as Error).message}`, { cause })
  }
}

/** `only`: nothing else is taken, whoever asks. */
export function createTrustedDocuments(manifest: ReadonlyMap<string, string>, { only }: { only: boolean }) {
  const texts = new Set(manifest.values())
  return {
    only,
    /** The text to execute, or undefined where there is none: that is for others to refuse. Throws UNTRUSTED_DOCUMENT. */
    textOf(asked: Asked, trustedOnly = only): string | undefined {
      const hash = hashIn(asked)
      const text = hash === null ? asked.query : manifest.get(hash)
      if (hash !== null && text === undefined)
        throw new ChatError('UNTRUSTED_DOCUMENT', {
          message: 'The manifest of this server has no document of that hash',
        })
      if (trustedOnly && !(typeof text === 'string' && texts.has(text))) throw new ChatError('UNTRUSTED_DOCUMENT')
      return typeof text === 'string' ? text : undefined
    },
  }
}

/** A text that stands beside the hash is not looked at. */
function hashIn({ documentId, extensions }: Asked): string | null {
  if (typeof documentId === 'string') return documentId
  const hash = (extensions as { persistedQuery?: { sha256Hash?: unknown } } | null | undefined)?.persistedQuery
    ?.sha256Hash
  return typeof hash === 'string' ? hash : null
}
