/** Why somebody reports: the one table. The enum of the API, `reportReasons` and the checks are made from it. */

interface Reason {
  /** For a list to choose from. */
  title: string
  description: string
  /** It says too little by itself. */
  needsComment?: true
  /** It is hidden at once, held, and told to the operator. */
  isUrgent?: true
}

export const reportReasons = {
  SPAM: { title: 'Spam', description: 'Advertising, or the same again and again.' },
  HARASSMENT: { title: 'Harassment', description: 'Insults, threats or stalking of somebody.' },
  HATE: { title: 'Hate', description: 'Against people for what they are: origin, faith, sex, disability.' },
  SEXUAL: { title: 'Sexual content', description: 'Nudity or sexual content that is not wanted here.' },
  VIOLENCE: { title: 'Violence', description: 'Violence shown, praised or announced.' },
  SELF_HARM: { title: 'Self-harm', description: 'Somebody may harm himself, or is told to.' },
  SCAM: { title: 'Scam', description: 'Fraud: for money, for passwords, for personal details.' },
  IMPERSONATION: { title: 'Impersonation', description: 'Somebody pretends to be somebody else.' },
  CHILD_SAFETY: {
    title: 'Danger to a child',
    description: 'Sexual abuse or exploitation of a child, or grooming.',
    isUrgent: true,
  },
  OTHER: { title: 'Something else', description: 'Something else: say what in the comment.', needsComment: true },
} as const satisfies Record<string, Reason>

export type ReportReason = keyof typeof reportReasons

const table: Readonly<Record<ReportReason, Reason>> = reportReasons
export const needsComment = (reason: ReportReason): boolean => table[reason].needsComment === true
export const isUrgent = (reason: ReportReason): boolean => table[reason].isUrgent === true
