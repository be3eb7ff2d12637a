/** What an event cannot tell is asked of the server. */
export interface Refresher {
  /** Reads the conversation again, without its messages. */
  ask(conversationId: string): void
  /** The same. Resolves when there is an answer, or will be none. */
  read(conversationId: string): Promise<void>
  /** The viewer has changed something himself: an answer that is on its way may be older. */
  touched(conversationId: string): void
}
