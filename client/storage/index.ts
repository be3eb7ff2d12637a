/** `@parley/client/storage` */
// biome-ignore-all lint/performance/noBarrelFile: the package's public face
export { indexedDbStorage } from './indexed-db.ts'
export { localStorageStorage } from './local.ts'
export { memoryStorage } from './memory.ts'
