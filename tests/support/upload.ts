/** Sending a file as a client does: createUpload, a PUT to where it says, completeUpload. */
import type { Actor } from './actor.ts'
import { mutate } from './mutate.ts'

export interface Sendable {
  name?: string
  contentType?: string
  content: string | Uint8Array
}

export interface UploadRequest {
  attachment: { id: string; name: string }
  url: string
  headers: { name: string; value: string }[]
}

const SHOWN = 'attachment { id name contentType bytes width height scan url thumbnailUrl }'
const textFile = { name: 'a.txt', contentType: 'text/plain' }

export interface Uploaded {
  __typename: string
  explanation?: string
  attachment: {
    id: string
    name: string
    contentType: string
    bytes: number
    width: number | null
    height: number | null
    scan: string
    url: string | null
    thumbnailUrl: string | null
  }
}

export async function createUpload(actor: Actor, { content, ...more }: Sendable): Promise<UploadRequest> {
  const input = { ...textFile, ...more, bytes: Buffer.byteLength(content) }
  const answer = await mutate(
    actor,
    'createUpload',
    input,
    'attachment { id name } url headers { name value } expiresAt',
  )
  if (answer.__typename !== 'CreateUploadPayload') throw new Error(`refused: ${JSON.stringify(answer)}`)
  return answer as unknown as UploadRequest
}

export const put = ({ url, headers }: Omit<UploadRequest, 'attachment'>, content: string | Uint8Array) =>
  fetch(url, {
    method: 'PUT',
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    body: content as BodyInit,
  })

export const completeUpload = async (actor: Actor, attachmentId: string): Promise<Uploaded> =>
  (await mutate(actor, 'completeUpload', { attachmentId }, SHOWN)) as unknown as Uploaded

/** Whatever comes of it. */
export async function sendFile(actor: Actor, file: Sendable): Promise<Uploaded> {
  const request = await createUpload(actor, file)
  const { status } = await put(request, file.content)
  if (status !== 200) throw new Error(`the upload was answered with ${status}`)
  return completeUpload(actor, request.attachment.id)
}

/** The id of one that is there. */
export async function upload(actor: Actor, file: Sendable = { content: 'a file' }): Promise<string> {
  const answer = await sendFile(actor, file)
  if (answer.__typename !== 'CompleteUploadPayload') throw new Error(`refused: ${JSON.stringify(answer)}`)
  return answer.attachment.id
}

/** Of a message, as its reader is shown them. */
export async function filesOf(actor: Actor, messageId: string): Promise<Uploaded['attachment'][] | null> {
  const { node } = await actor.ask<{ node: { attachments: Uploaded['attachment'][] } | null }>(
    'query ($id: ID!) { node(id: $id) { ... on Message { attachments { id name contentType bytes width height scan url thumbnailUrl } } } }',
    { id: messageId },
  )
  return node?.attachments ?? null
}
