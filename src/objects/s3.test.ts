import { expect, onTestFinished, test } from 'vitest'
import { startSwift } from '../../scripts/services/swift.ts'
import { needs } from '../../tests/support/needs.ts'
import { objectsContract } from './contract.ts'
import { openS3Objects } from './s3.ts'

const here = {
  bucket: 'nowhere',
  endpoint: 'http://127.0.0.1:1',
  region: 'us-east-1',
  accessKeyId: 'a',
  secretAccessKey: 'b',
}

const swift = needs('swift')
if (swift !== null)
  objectsContract('S3', async () => {
    const server = await startSwift()
    const objects = await openS3Objects(server)
    return {
      objects,
      async dispose() {
        objects.close()
        await server[Symbol.asyncDispose]()
      },
    }
  })

test('an S3 that is not there keeps the server from starting, by name', { timeout: 30_000 }, async () => {
  await expect(openS3Objects(here)).rejects.toThrow(
    /^S3_BUCKET: nowhere cannot be reached .* at S3_ENDPOINT http:\/\/127.0.0.1:1$/,
  )
})

test.skipIf(swift === null)(
  'nor does it start with a bucket that is not there, or with a wrong key',
  { timeout: 120_000 },
  async () => {
    const server = await startSwift()
    onTestFinished(() => server[Symbol.asyncDispose]())
    await expect(openS3Objects({ ...server, bucket: 'another' })).rejects.toThrow('S3_BUCKET: another is not there')
    await expect(openS3Objects({ ...server, secretAccessKey: 'wrong' })).rejects.toThrow('S3_ACCESS_KEY_ID')
  },
)
