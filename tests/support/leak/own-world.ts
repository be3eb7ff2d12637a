/** A conversation of the subject's own, with something of every kind in it: what stands beside an id that is tried. */
import type { Actor, BackEnd } from '../actor.ts'
import { mutate } from '../mutate.ts'
import { inAnHour } from '../scheduling.ts'
import { createUpload, put } from '../upload.ts'
import { makeInvite } from './furnish.ts'

export interface Company {
  backEnd: BackEnd
  /** An owner, too: he can remove the subject. */
  friend: Actor
  outsider: Actor
}

export interface OwnWorld extends Company {
  subject: Actor
  conversation: string
  /** By what they are, in the same words in every such world. */
  ids: Record<string, string>
  /** By the name that the schema has for them. */
  texts: Record<string, string>
}

let worlds = 0

export async function ownWorld(subject: Actor, { backEnd, friend, outsider }: Company): Promise<OwnWorld> {
  // Trials of before may have shut them out.
  for (const { id: userId } of [subject, friend, outsider]) await mutate(backEnd, 'unbanUser', { userId })
  const conversation = await subject.begin([], { kind: 'CHANNEL', title: `own ${++worlds}` })
  await mutate(backEnd, 'changeMembers', { conversationId: conversation, add: [{ userId: friend.id, role: 'OWNER' }] })
  const said = await subject.send(conversation, 'of my own')
  const heard = await friend.send(conversation, 'of a friend', { replyToId: said.id })
  await friend.send(conversation, 'in a thread', { threadId: said.id })
  const { attachment, ...request } = await createUpload(subject, { content: 'of my own' })
  await put(request, 'of my own')
  const { invite, inviteCode } = await makeInvite(subject, conversation)
  const guest = { conversationId: conversation, name: 'A guest', ttlSeconds: 600 }
  const { user } = await mutate(backEnd, 'createGuest', guest, 'user { id }')
  return {
    subject,
    backEnd,
    friend,
    outsider,
    conversation,
    ids: {
      conversation,
      message: said.id,
      messageOfFriend: heard.id,
      userMember: friend.id,
      userOutsider: outsider.id,
      user: subject.id,
      invite,
      userGuest: (user as { id: string }).id,
      connection: await connectionOf(subject, backEnd),
      erasure: await erasureBy(backEnd),
      export: await exportBy(backEnd),
      file: attachment.id,
      scheduled: await scheduledIn(conversation, subject),
      scheduledToo: await scheduledIn(conversation, subject),
      conversationAsked: await askedOf(subject, backEnd),
      conversationAskedToo: await askedOf(subject, backEnd),
    },
    texts: { inviteCode },
  }
}

async function scheduledIn(conversationId: string, subject: Actor): Promise<string> {
  const input = { conversationId, text: 'later', dueAt: inAnHour() }
  const { scheduledMessageId } = await mutate(subject, 'scheduleMessage', input, 'scheduledMessageId')
  return String(scheduledMessageId)
}

let askers = 0

/** He has been asked, and has not answered: one for each answer that there is. */
async function askedOf(subject: Actor, backEnd: BackEnd): Promise<string> {
  const asker = await backEnd.user(`asker ${++askers}`)
  const conversation = await asker.openDirect(subject)
  await asker.send(conversation, 'hello')
  return conversation
}

async function erasureBy(backEnd: BackEnd): Promise<string> {
  const { id: userId, externalId: confirmExternalId } = await backEnd.user(`gone ${worlds}`)
  const { erasure } = await mutate(backEnd, 'eraseUser', { userId, confirmExternalId }, 'erasure { id }')
  return (erasure as { id: string }).id
}

/** Of another device of his, with a token of its own: when it is signed out he himself goes on. */
async function connectionOf(subject: Actor, backEnd: BackEnd): Promise<string> {
  const device = await backEnd.user(subject.externalId)
  const socket = await device.socket()
  const own = '{ viewer { connections { id isThisOne } } }'
  const { payload } = await socket.subscribe('own', own).next()
  socket.cut()
  const { viewer } = (payload as { data: { viewer: { connections: { id: string; isThisOne: boolean }[] } } }).data
  return viewer.connections.find(({ isThisOne }) => isThisOne)?.id ?? ''
}

async function exportBy(backEnd: BackEnd): Promise<string> {
  const { id: userId } = await backEnd.user(`exported ${worlds}`)
  const answer = await mutate(backEnd, 'exportUser', { userId }, 'export { id }')
  return (answer.export as { id: string }).id
}
