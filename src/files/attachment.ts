/** A file of a message, as a plain type, and what a scanner says of it. */
import type { Uuid } from '../model.ts'

export type ScanState = 'PENDING' | 'CLEAN' | 'QUARANTINED'

/** A file: its uploader's alone until a message claims it. */
export interface Attachment {
  tenantId: Uuid
  id: Uuid
  ownerId: Uuid
  state: 'AWAITED' | 'STORED' | 'REMOVING' | 'REMOVED'
  scan: ScanState
  name: string
  /** What its uploader said; once it is stored, what its content is. */
  contentType: string
  bytes: number
  /** Of a picture. */
  width: number | null
  height: number | null
  /** Under which its checked content is kept; null until then. */
  objectId: Uuid | null
  hasThumbnail: boolean
  createdAt: Date
  uploadExpiresAt: Date
  messageId: Uuid | null
}
