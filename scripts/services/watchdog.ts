import { spawn } from 'node:child_process'

// Reads until it is told, or until the pipe's other end is gone with its process. Then: its signal, at most 5 s for the
// server to take its pid file away (a pid may linger as a zombie), and the folder goes.
const SCRIPT = `
read -r told && exit
kill -"$4" "$1"
for tenth in $(seq 50); do [ -e "$2" ] || break; sleep 0.1; done
rm -rf "$3"
`

/**
 * Ends a server whose starter was killed, kill -9 included, before it could do so itself. Answers how to call it off,
 * which must be done as soon as the server has ended: its pid may be given to a stranger.
 */
export function watchdog(
  server: { pid: number; pidFile: string; folder: string; signal: 'QUIT' | 'TERM' },
  as: { uid?: number; gid?: number },
): () => void {
  const { pid, pidFile, folder, signal } = server
  // A session of its own (detached): Ctrl-C in a terminal must not end it together with the starter.
  const dog = spawn('sh', ['-c', SCRIPT, 'watchdog', String(pid), pidFile, folder, signal], {
    ...as,
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  dog.unref()
  return () => void dog.stdin.end('told\n')
}
