/** Where the content of files is kept. Keys are ours alone: no name that a user gave is ever in one. */
import type { Readable } from 'node:stream'

/**
 * What `put` or an upload has answered is there, whole, for every reader, until it is removed; of what broke off nothing can be read.
 * What is asked again (`copy`, `remove`) does no harm.
 */
export interface Objects {
  /** A request that stores exactly so many bytes of that type, until then: more, fewer, later or of another type is refused. Equal for equal arguments. */
  uploadRequest(key: string, upload: Upload): Promise<SignedRequest>
  /** A URL that answers the content, until then. Equal for equal arguments. */
  downloadUrl(key: string, download: Download): Promise<string>
  put(key: string, content: Readable | Uint8Array, stored: { bytes: number; contentType: string }): Promise<void>
  /** All of it, or from the first to the last of these bytes. null: it is not there. Who does not read to the end destroys it. */
  read(key: string, range?: { first: number; last: number }): Promise<Readable | null>
  /** null: it is not there. */
  size(key: string): Promise<number | null>
  /** What is written to `from` later does not change `to`. false: there is nothing to copy. */
  copy(from: string, to: string): Promise<boolean>
  remove(key: string): Promise<void>
  /** The keys that begin so, in no order; the prefix ends with a slash, or is empty. */
  list(prefix: string): AsyncIterable<string>
  close(): void
}

export interface Upload {
  bytes: number
  contentType: string
  from: Date
  until: Date
}

export interface Download {
  contentType: string
  /** As a `Content-Disposition` header has it. */
  disposition: string
  from: Date
  until: Date
}

export interface SignedRequest {
  url: string
  /** To be sent with it, to the letter. */
  headers: Readonly<Record<string, string>>
}
