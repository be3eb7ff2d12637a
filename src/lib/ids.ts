/** TypeIDs at the edge of the API, bare UUIDs inside: `conv_01h455vb4pex5vsknk084sn02q` <-> `01890a5d-ac96-774b-bcce-b302099a8057`. */
import { TypeID, typeidUnboxed } from 'typeid-js'

export type IdPrefix =
  | 'usr'
  | 'conv'
  | 'msg'
  | 'invite'
  | 'tenant'
  | 'file'
  | 'connection'
  | 'erasure'
  | 'case'
  | 'export'
  | 'scheduled'

export const encodeId = (prefix: IdPrefix, uuid: string): string => TypeID.fromUUID(prefix, uuid).toString()

/** The UUID, or null for whatever is no id of this kind: to the viewer that is the same as an id of nothing. */
export function decodeId(prefix: IdPrefix, id: string): string | null {
  try {
    const typeId = TypeID.fromString(id, prefix)
    return typeId.toUUID()
  } catch {
    // typeid-js throws for every malformed id; there is no other way to ask it.
    return null
  }
}

export const prefixOf = (id: string): string => id.slice(0, Math.max(0, id.lastIndexOf('_')))

/** A new UUIDv7. Messages get theirs inside append, from the database's clock. */
export const newUuid = (): string => TypeID.fromString(typeidUnboxed()).toUUID()
