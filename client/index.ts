/** `@parley/client`: what a front end imports. React's hooks are in react.ts, the storages in storage/. */
// biome-ignore-all lint/performance/noBarrelFile: the package's public face
export type { Chat, ChatOptions, OpenConversation } from './api.ts'
export { createChat } from './chat.ts'
export {
  type Answer,
  type Connection,
  type ConnectionOptions,
  createConnection,
  type DocumentOf,
  type Payload,
  type Sink,
} from './connection.ts'
export type { Clock, Locks, NetworkSignals, TabChannel } from './environment.ts'
export { RequestError } from './errors.ts'
export type { Readable } from './readable.ts'
export type * from './safety.ts'
export type { ClientStorage } from './storage/storage.ts'
export type * from './types.ts'
