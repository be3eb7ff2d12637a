/** Where what must outlive the page is kept: cursors, the outbox, the last known state. */

/** Of one user. Values are JSON. Each function may reject: the kit then goes on in memory and says so. */
export interface ClientStorage {
  /** undefined where there is nothing. */
  get(key: string): Promise<unknown>
  /** All or nothing, also when the page ends meanwhile. */
  set(key: string, value: unknown): Promise<void>
  delete(key: string): Promise<void>
  keys(): Promise<string[]>
  /** Of all tabs that share it: the locks and the channel between them are named after it. null: nobody shares it. */
  readonly name: string | null
}
