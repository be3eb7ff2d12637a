/** For programs that have nothing to do with files: whoever asks for one all the same is told so. */
import type { Objects } from './objects.ts'

export function noObjects(): Objects {
  const refuse = (): never => {
    throw new Error('no object store was opened here')
  }
  return {
    uploadRequest: refuse,
    downloadUrl: refuse,
    put: refuse,
    read: refuse,
    size: refuse,
    copy: refuse,
    remove: refuse,
    list: refuse,
    close() {},
  }
}
