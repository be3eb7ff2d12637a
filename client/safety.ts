/** What is shown of strangers, of those whom one wants nothing of, and of reports. */

/** Of a DIRECT conversation that one began with another who did not know him. */
export interface Contact {
  /** To who asked it is REQUESTED until it is accepted, declined or not. */
  state: 'ACCEPTED' | 'DECLINED' | 'REQUESTED'
  /** Whether you asked. */
  isOwn: boolean
}

/** Whom you want nothing of; they are not told. */
export interface Avoided {
  blocked: ReadonlySet<string>
  muted: ReadonlySet<string>
}

/** Why something can be reported, as it is shown to choose from. */
export interface ReportReason {
  /** As the server names it: SPAM, HARASSMENT, … New ones may be added. */
  reason: string
  title: string
  description: string
  needsComment: boolean
}

export interface NewReport {
  reason: string
  /** What the operator should know besides. */
  comment?: string
}
