/** Objects in a bucket of anything that speaks S3. Clients send to it and read from it directly, by URLs that are signed here. */
import { Readable } from 'node:stream'
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import { StartError } from '../errors.ts'
import type { Objects } from './objects.ts'

export interface S3Options {
  bucket: string
  /** null: that of AWS. */
  endpoint: string | null
  region: string
  accessKeyId: string
  secretAccessKey: string
}

const secondsFrom = (from: Date, until: Date) => Math.ceil((until.getTime() - from.getTime()) / 1_000)

/** Throws StartError when the bucket cannot be reached, or not with these keys. */
export async function openS3Objects({ bucket, endpoint, region, ...credentials }: S3Options): Promise<Objects> {
  const client = new S3Client({
    region,
    credentials,
    // Of any name the bucket stands in the path: not every server of its own has a name for each.
    ...(endpoint && { endpoint, forcePathStyle: true }),
    // A checksum in a header would have to be sent by who uploads, too.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  })
  await client.send(new HeadBucketCommand({ Bucket: bucket })).catch((cause) => {
    client.destroy()
    throw new StartError(`S3_BUCKET: ${bucket} ${whyNot(cause)}${endpoint ? ` at S3_ENDPOINT ${endpoint}` : ''}`, {
      cause,
    })
  })
  const at = (key: string) => ({ Bucket: bucket, Key: key })

  return {
    async uploadRequest(key, { bytes, contentType, from, until }) {
      const put = new PutObjectCommand({ ...at(key), ContentLength: bytes, ContentType: contentType })
      const url = await getSignedUrl(client, put, {
        signingDate: from,
        expiresIn: secondsFrom(from, until),
        signableHeaders: new Set(['host', 'content-length', 'content-type']),
      })
      return { url, headers: { 'content-type': contentType } }
    },
    downloadUrl(key, { contentType, disposition, from, until }) {
      const get = new GetObjectCommand({
        ...at(key),
        ResponseContentType: contentType,
        ResponseContentDisposition: disposition,
      })
      return getSignedUrl(client, get, { signingDate: from, expiresIn: secondsFrom(from, until) })
    },
    async put(key, content, { bytes, contentType }) {
      // A body that breaks off says nothing to the SDK, which would wait for the rest of it.
      const brokenOff = new AbortController()
      if (content instanceof Readable) content.once('error', (error) => brokenOff.abort(error))
      const put = new PutObjectCommand({ ...at(key), Body: content, ContentLength: bytes, ContentType: contentType })
      await client.send(put, { abortSignal: brokenOff.signal })
    },
    async read(key, range) {
      const Range = range && `bytes=${range.first}-${range.last}`
      const found = await client.send(new GetObjectCommand({ ...at(key), ...(Range && { Range }) })).catch(absent)
      if (!found) return null
      if (!(found.Body instanceof Readable)) throw new Error('expected a stream of the object')
      return found.Body
    },
    async size(key) {
      const found = await client.send(new HeadObjectCommand(at(key))).catch(absent)
      return found ? (found.ContentLength ?? 0) : null
    },
    async copy(from, to) {
      const copied = await client
        .send(new CopyObjectCommand({ ...at(to), CopySource: `${bucket}/${from}` }))
        .catch(absent)
      return copied !== null
    },
    async remove(key) {
      await client.send(new DeleteObjectCommand(at(key))).catch(absent)
    },
    async *list(prefix) {
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix }))
        for (const { Key } of page.Contents ?? []) if (Key) yield Key
    },
    close: () => client.destroy(),
  }
}

function absent(error: { $metadata?: { httpStatusCode?: number } }): null {
  if (error.$metadata?.httpStatusCode === 404) return null
  throw error
}

function whyNot({ $metadata, message }: Error & { $metadata?: { httpStatusCode?: number } }): string {
  switch ($metadata?.httpStatusCode) {
    case 404:
      return 'is not there: make the bucket first'
    case 401:
    case 403:
      return 'may not be used with S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY'
    default:
      return `cannot be reached (${message})`
  }
}
