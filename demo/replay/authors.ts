/** A connection for each author, opened as he first speaks: every second of them has the client kit, which comes back by itself. */
import { connectWhenAdmitted } from '../lib/admitted.ts'
import { type Refusal, whenAllowed } from '../lib/api.ts'
import type { Connection } from '../lib/connection.ts'
import { connectByKit } from '../lib/kit.ts'
import { patiently } from '../lib/patience.ts'
import { SEND } from './documents.ts'
import type { Stage } from './stage.ts'

export interface Answer {
  id: string
  seq: number
  deduplicated: boolean
}

/** Each is sent in a life of the server. */
interface Operation {
  variables: object
  life: number
}

/** What an author does with his connection, however he has it. */
interface Line {
  execute<Data>(operation: Operation): Promise<Data>
  executeAndDie(operation: Operation): Promise<void>
  close(): void
}

export interface Authors {
  send(author: string, operation: Operation): Promise<Answer>
  /** The connection dies as soon as it is written. */
  dieSending(author: string, operation: Operation): Promise<void>
  close(): void
}

export function connectAuthors({ url, tokenFor }: Pick<Stage, 'url' | 'tokenFor'>): Authors {
  const lines = new Map<string, Line>()

  function of(author: string): Line {
    const known = lines.get(author)
    if (known) return known
    const token = () => tokenFor(author)
    const line = lines.size % 2 === 0 ? bareLine(url, token) : kitLine(url, token)
    lines.set(author, line)
    return line
  }

  return {
    async send(author, operation) {
      type Payload = { deduplicated: boolean; message: { id: string; seq: number } }
      const { deduplicated, message } = await whenAllowed(
        async () => (await of(author).execute<{ result: Payload | Refusal }>(operation)).result,
      )
      return { ...message, deduplicated }
    },
    dieSending: (author, operation) => of(author).executeAndDie(operation),
    close: () => lines.forEach((line) => void line.close()),
  }
}

/** Opened again in each life of the server: it ends with that. */
function bareLine(url: string, token: () => Promise<string>): Line {
  let open: { connection: Connection; life: number } | null = null

  async function inLife(life: number): Promise<Connection> {
    if (open?.life !== life) open = { life, connection: await connectWhenAdmitted({ url, token: await token() }) }
    return open.connection
  }

  return {
    execute: async ({ variables, life }) => (await inLife(life)).execute(SEND, variables),
    async executeAndDie({ variables, life }) {
      const connection = await inLife(life)
      open = null
      await connection.executeAndDie(SEND, variables)
    },
    close: () => open?.connection.close(),
  }
}

function kitLine(url: string, token: () => Promise<string>): Line {
  const connection = connectByKit({ url, token })
  const ask = <Data>(variables: object) =>
    patiently('an answer', connection.request<Data>(SEND, variables as Record<string, unknown>))
  return {
    execute: ({ variables }) => ask(variables),
    async executeAndDie({ variables }) {
      connection.cutUponNext()
      await ask(variables).catch(() => {}) // that was the purpose
    },
    close: connection.close,
  }
}
