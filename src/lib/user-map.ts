/** A map by user. Each tenant has one of its own in it: so no name is put together for a look-up, nor kept for every user. */
import type { UserName, Uuid } from '../model.ts'

export class UserMap<Value> {
  readonly #tenants = new Map<Uuid, Map<Uuid, Value>>()
  #size = 0

  get size(): number {
    return this.#size
  }

  get({ tenantId, userId }: UserName): Value | undefined {
    return this.#tenants.get(tenantId)?.get(userId)
  }

  set({ tenantId, userId }: UserName, value: Value): void {
    const users = this.#tenants.get(tenantId) ?? new Map<Uuid, Value>()
    if (!users.has(userId)) this.#size++
    users.set(userId, value)
    this.#tenants.set(tenantId, users)
  }

  delete({ tenantId, userId }: UserName): boolean {
    const users = this.#tenants.get(tenantId)
    if (!users?.delete(userId)) return false
    this.#size--
    if (!users.size) this.#tenants.delete(tenantId)
    return true
  }

  *[Symbol.iterator](): Generator<[UserName, Value], void, undefined> {
    for (const [tenantId, users] of this.#tenants)
      for (const [userId, value] of users) yield [{ tenantId, userId }, value]
  }

  *values(): Generator<Value, void, undefined> {
    for (const users of this.#tenants.values()) yield* users.values()
  }
}
