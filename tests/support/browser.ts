/** Debian's Chromium, without a window. */
import { type Browser, chromium } from 'playwright-core'
import { needs } from './needs.ts'

const QUIET =
  '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: needs('chromium') ?? '', args: QUIET.split(' ') })
