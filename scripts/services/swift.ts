// A throw-away S3 server that checks signatures: Debian's OpenStack Swift, in its own folder and on its own ports, on 127.0.0.1 only, gone with its starter.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { environment } from '../environment.ts'
import { findSwift } from './find.ts'
import { freePort } from './free-port.ts'
import { watchdog } from './watchdog.ts'

/** It is four Python programs, on a machine that may be busy. */
const START_TIMEOUT_MS = 90_000
/** Debian's own: its packages are for no other one. */
const PYTHON = '/usr/bin/python3'

export interface SwiftServer extends AsyncDisposable {
  endpoint: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** There, and empty. */
  bucket: string
}

export async function startSwift(): Promise<SwiftServer> {
  if (findSwift() === null)
    throw new Error(
      'expected swift-proxy-server on this machine: apt-get install swift-proxy swift-account swift-container swift-object',
    )
  const folder = mkdtempSync(join(tmpdir(), 'parley-swift-'))
  const pidFile = join(folder, 'swift.pid')
  const ports = [await freePort(), await freePort(), await freePort(), await freePort()]
  const launched = spawn(PYTHON, [join(import.meta.dirname, 'run-swift.py'), folder, ...ports.map(String)], {
    cwd: folder,
    env: { PATH: environment.path },
    stdio: 'ignore',
  })
  if (launched.pid !== undefined)
    launched.once('exit', watchdog({ pid: launched.pid, pidFile, folder, signal: 'TERM' }, {}))
  const stop = async () => {
    await end(launched)
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  const server = {
    endpoint: `http://127.0.0.1:${ports[0]}`,
    region: 'us-east-1',
    accessKeyId: 'test:tester',
    secretAccessKey: 'testing',
    bucket: 'parley',
  }
  try {
    await answers(server.endpoint, launched)
    await createBucket(server)
  } catch (cause) {
    await stop()
    throw cause
  }
  return { ...server, [Symbol.asyncDispose]: stop }
}

/** Its children are ended by the kernel. */
async function end(launched: ChildProcess): Promise<void> {
  if (launched.exitCode !== null || launched.signalCode !== null) return
  const ended = once(launched, 'exit')
  launched.kill('SIGKILL')
  await ended
}

async function answers(endpoint: string, launched: ChildProcess): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS
  while (
    !(await fetch(endpoint).then(
      () => true,
      () => false,
    ))
  ) {
    if (launched.exitCode !== null || Date.now() > deadline) throw new Error(`Swift did not start at ${endpoint}`)
    await delay(50)
  }
}

/** The proxy may be there before the others: until all are it answers 503. */
async function createBucket({
  bucket: Bucket,
  endpoint,
  region,
  ...credentials
}: Omit<SwiftServer, keyof AsyncDisposable>) {
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 20 })
  await client.send(new CreateBucketCommand({ Bucket }))
  client.destroy()
}
