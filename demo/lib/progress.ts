/** A progress bar, where somebody watches: into a file or a pipe it writes nothing. */
export interface Progress {
  show(done: number): void
  end(): void
}

const WIDTH = 40

export function createProgress(total: number): Progress {
  if (!process.stdout.isTTY) return { show() {}, end() {} }
  let shown = ''
  return {
    show(done) {
      const filled = Math.floor((done / total) * WIDTH)
      const bar = `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${done} of ${total}`
      if (bar !== shown) process.stdout.write(`\r${bar}`)
      shown = bar
    },
    end: () => void process.stdout.write('\r\u001b[2K'),
  }
}
