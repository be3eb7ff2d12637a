/** What an event cannot tell is asked of the server. */
export interface Refresher {
  /** Reads the conversation again, without its messages. */
  ask(conversationId: string): void
  /** The same. Resolves when there is an answer, or will be none. */
  read(conversationId: string): Promise<void>
  /** An event has changed what is read: an answer that is on its way may be older, so it is read again. */
  touched(conversationId: string): void
  /** Conversations are read by `work`, too. */
  reading<T>(work: () => Promise<T>): Promise<T>
}
