/** Opens what the configuration says about files: where their content is kept, how clients reach it, who looks for what nobody should be given. */
import { join } from 'node:path'
import type { Config } from './config.ts'
import type { Db } from './db.ts'
import { type Attachments, createAttachments } from './files/attachments.ts'
import { createPaint } from './files/pictures.ts'
import { createOwnUrls, type OwnUrls } from './lib/own-urls.ts'
import { createSeal } from './lib/seal.ts'
import type { Log } from './log.ts'
import { openFileObjects } from './objects/files.ts'
import { noObjects } from './objects/none.ts'
import type { Objects } from './objects/objects.ts'
import { openS3Objects } from './objects/s3.ts'
import { noScanner } from './scanner/none.ts'
import type { Scanner } from './scanner/scanner.ts'
import type { Watched } from './workers/lookout.ts'
import { removeFiles } from './workers/remove-files.ts'
import { scanFiles } from './workers/scan-files.ts'

export interface FileStore {
  objects: Objects
  scanner: Scanner
  urls: Pick<OwnUrls, 'url'>
}

/** For programs that have nothing to do with files. */
export const noFiles = (): FileStore => ({ objects: noObjects(), scanner: noScanner(), urls: { url: refuseUrl } })

function refuseUrl(): never {
  throw new Error('no URLs of our own are made here')
}

/** Throws StartError for a folder that cannot be written, or a bucket that cannot be reached. */
export async function openFiles(
  config: Config,
  {
    secretsKey,
    opened,
    scanner = noScanner(),
  }: { secretsKey: string; opened: AsyncDisposableStack; scanner?: Scanner },
): Promise<FileStore & { urls: OwnUrls }> {
  const urls = createOwnUrls({ seal: createSeal(secretsKey), publicOrigin: config.publicOrigin })
  const objects = opened.adopt(await openObjects(config, urls), (own) => own.close())
  return { objects, scanner, urls }
}

export const fileParts = (db: Db, files: FileStore) => ({
  ...files,
  attachments: createAttachments({ db }),
  paint: createPaint(),
})

export const fileJobs = (parts: FileStore & { attachments: Attachments; logger: Log }): Watched[] => [
  scanFiles(parts),
  removeFiles(parts),
]

async function openObjects(config: Config, urls: OwnUrls): Promise<Objects> {
  const { s3Bucket: bucket, s3AccessKeyId: accessKeyId, s3SecretAccessKey: secretAccessKey } = config
  if (bucket && accessKeyId && secretAccessKey)
    return openS3Objects({ bucket, accessKeyId, secretAccessKey, endpoint: config.s3Endpoint, region: config.s3Region })
  return openFileObjects({ folder: config.objectsDir ?? join(config.dataDir, 'objects'), urls })
}
