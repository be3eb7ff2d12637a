/** The objects of one file. */
import type { Uuid } from '../model.ts'
import type { Objects } from '../objects/objects.ts'

export interface FileName {
  tenantId: Uuid
  id: Uuid
}

/** What was checked, by whoever checked it: two who do so at once have a place each, and the row names the one that counts. */
export type StoredName = FileName & { objectId: Uuid }

/** All of them begin so. */
export const keysOf = ({ tenantId, id }: FileName): string => `${tenantId}/${id}/`
/** Where an object lies that is under legal hold: no URL that was ever given leads there. */
export const heldKey = (key: string): string => `held/${key}`
export const heldKeysOf = (name: FileName): string => heldKey(keysOf(name))
/** Where the uploader may write until his URL is over, and again: nobody is ever given it from here. */
export const uploadKey = (name: FileName): string => `${keysOf(name)}upload`
export const contentKey = (name: StoredName): string => `${keysOf(name)}${name.objectId}/content`
/** A picture, painted anew. */
export const pictureKey = (name: StoredName): string => `${keysOf(name)}${name.objectId}/picture`
export const thumbnailKey = (name: StoredName): string => `${keysOf(name)}${name.objectId}/thumbnail`
/** Of what a user is given of himself: all of one begin so. */
export const exportKeys = ({ tenantId, id }: FileName): string => `${tenantId}/exports/${id}/`

/** All objects of a tenant begin with one of these. */
const prefixesOf = (tenantId: Uuid): string[] => [`${tenantId}/`, heldKey(`${tenantId}/`)]

export async function* objectsOf({ list }: Pick<Objects, 'list'>, tenantId: Uuid): AsyncGenerator<string> {
  for (const prefix of prefixesOf(tenantId)) yield* list(prefix)
}
