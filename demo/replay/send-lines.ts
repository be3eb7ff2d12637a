/** Every line is sent by its author in the file's order. Each fifth is sent twice, sometimes because the connection died before the answer. */
import { setTimeout as delay } from 'node:timers/promises'
import { survive } from '../lib/lives.ts'
import type { Random } from '../lib/random.ts'
import { type Answer, connectAuthors } from './authors.ts'
import type { Line } from './conversation.ts'
import { clientMessageIdOf } from './frames.ts'
import type { Stage } from './stage.ts'

export interface Sending {
  /** Once or twice under the same client message id. */
  times: 1 | 2
  /** Of two, whether the connection was cut before the first one's answer. */
  isFirstLost: boolean
  /** So often an answer was lost as the server was killed, and the same was sent again. */
  lostToRestarts: number
  /** One of these losses came before the first answer: that may be of a message which is stored already. */
  isFirstUncertain: boolean
  /** Those that came. */
  answers: Answer[]
}

interface Play {
  lines: readonly Line[]
  stage: Stage
  speed: number
  random: Random
  /** The next line waits for it. */
  onStored: (count: number, sendings: readonly Sending[]) => Promise<void>
}

const REPEATED = 5
const LOST = 1 / 3
/** A night's silence is not waited for. */
const LONGEST_GAP_MS = 2_000

export async function sendLines({ lines, stage, speed, random, onStored }: Play): Promise<Sending[]> {
  const authors = connectAuthors(stage)
  const sendings: Sending[] = []
  for (const [index, line] of lines.entries()) {
    const gap = Date.parse(line.time) - Date.parse(lines[index - 1]?.time ?? line.time)
    const wait = Math.min(LONGEST_GAP_MS, gap / speed)
    if (wait > 0) await delay(wait)

    sendings.push(
      await sendLine(line, index).catch((error: Error) => {
        throw new Error(`line ${index + 1} could not be sent: ${error.message}`)
      }),
    )
    await onStored(index + 1, sendings)
  }
  authors.close()
  return sendings

  async function sendLine({ author, text, replyTo }: Line, index: number): Promise<Sending> {
    const replyToId = replyTo === undefined ? null : sendings[replyTo]?.answers[0]?.id
    const input = { conversationId: stage.conversationId, clientMessageId: clientMessageIdOf(index), text, replyToId }
    const times = (index + 1) % REPEATED === 0 ? 2 : 1
    const isFirstLost = times === 2 && random.fraction() < LOST
    const answers: Answer[] = []
    let attempts = 0
    const send = async () => {
      const answer = await survive(stage.lives, (life) => {
        attempts++
        return authors.send(author, { variables: { input }, life })
      })
      answers.push(answer)
    }
    if (isFirstLost) await survive(stage.lives, (life) => authors.dieSending(author, { variables: { input }, life }))
    else await send()
    const isFirstUncertain = attempts > 1
    if (times === 2) await send()
    return { times, isFirstLost, lostToRestarts: attempts - answers.length, isFirstUncertain, answers }
  }
}
