/** Two uses of the one SECRETS_KEY: encrypting what rests in the database (AES-256-GCM), signing what leaves it (HMAC-SHA-256). */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'

export interface Seal {
  encrypt(text: string): string
  /** Throws when the text was not encrypted by this key. */
  decrypt(sealed: string): string
  /** The payload with 16 bytes of signature behind it, as base64url. What it is about is signed, too, and not told in it. */
  sign(payload: Buffer, about?: string): string
  /** The payload, or null when it was not signed by this key, or is about something else. */
  verify(signed: string, about?: string): Buffer | null
}

const IV_BYTES = 12
const TAG_BYTES = 16
const SIGNATURE_BYTES = 16

export function createSeal(secretsKey: string): Seal {
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', secretsKey, 'parley', use, 32))
  const encryptionKey = derive('encrypt')
  const signingKey = createSecretKey(derive('sign')) // bytes would be made a key at each signature, which costs more than it
  const signature = (payload: Buffer, about: string) =>
    createHmac('sha256', signingKey).update(`${about}\0`).update(payload).digest().subarray(0, SIGNATURE_BYTES)
  return {
    encrypt(text) {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', encryptionKey, iv)
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return `v1.${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}`
    },
    decrypt(sealed) {
      if (!sealed.startsWith('v1.')) throw new Error('sealed text of an unknown version')
      const bytes = Buffer.from(sealed.slice(3), 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', encryptionKey, bytes.subarray(0, IV_BYTES))
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')
    },
    sign(payload, about = '') {
      return Buffer.concat([payload, signature(payload, about)]).toString('base64url')
    },
    verify(signed, about = '') {
      const bytes = Buffer.from(signed, 'base64url')
      if (bytes.length <= SIGNATURE_BYTES || bytes.toString('base64url') !== signed) return null
      const payload = bytes.subarray(0, -SIGNATURE_BYTES)
      return timingSafeEqual(signature(payload, about), bytes.subarray(-SIGNATURE_BYTES)) ? payload : null
    },
  }
}
