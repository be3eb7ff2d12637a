/** What is wrong with options that are each right by themselves: one needs another, or rules it out. */

/** Of the configuration. */
interface Given {
  databaseUrl: unknown
  hardened: unknown
  objectsDir: unknown
  proxyProtocol: unknown
  s3AccessKeyId: unknown
  s3Bucket: unknown
  s3SecretAccessKey: unknown
  safetyHookSecret: unknown
  safetyHookUrl: unknown
  secretsKey: unknown
  trustedDocuments: unknown
  trustedProxies: readonly string[]
}

export function faultsTogether(given: Given): string[] {
  const faults: string[] = []
  if (given.databaseUrl && !given.secretsKey)
    faults.push('SECRETS_KEY must be set when DATABASE_URL is, the same on every node (openssl rand -base64 32)')
  if (given.s3Bucket && !(given.s3AccessKeyId && given.s3SecretAccessKey))
    faults.push('S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY must be set when S3_BUCKET is')
  if (given.s3Bucket && given.objectsDir) faults.push('OBJECTS_DIR and S3_BUCKET are both set: choose one')
  if (given.hardened && !given.trustedDocuments)
    faults.push('TRUSTED_DOCUMENTS must be set when HARDENED is: nothing else may be asked then')
  if (given.safetyHookUrl && !given.safetyHookSecret) faults.push('SAFETY_HOOK_URL needs SAFETY_HOOK_SECRET, too')
  if (given.proxyProtocol && !given.trustedProxies.length)
    faults.push('TRUSTED_PROXIES must be set when PROXY_PROTOCOL is: only they are believed')
  return faults
}
