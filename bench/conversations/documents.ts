/** What the bench asks, as a client would: no less than what it shows. */

const SAID = `id seq text createdAt deletedAt author { id name } mentions { start length user { id name } } replyTo { id text author { name } }
  reactions { emoji count viewerReacted } thread { replyCount }`

const page = (args: string, more = '') => `
  query ($id: ID!${more}) {
    conversation(id: $id) { messages(${args}) { edges { cursor node { ${SAID} } } pageInfo { hasPreviousPage hasNextPage } } }
  }`
export const NEWEST = page('last: 50')
export const MIDDLE = page('last: 50, before: $place', ', $place: String!')
export const AROUND = page('first: 50, around: $around', ', $around: ID!')

export const OPEN = `
  query ($id: ID!) {
    conversation(id: $id) {
      id title kind memberCount capabilities viewerMembership { role joinedSeq } viewerUnread { messages mentions }
      pinnedMessages { ${SAID} }
      messages(last: 50) { edges { cursor node { ${SAID} } } pageInfo { hasPreviousPage } }
      members(first: 20) { edges { node { role readSeq user { id name avatarUrl } } } pageInfo { hasNextPage } }
    }
  }`

export const MEMBERS = `
  query ($id: ID!, $place: String, $first: Int!) {
    conversation(id: $id) { members(first: $first, after: $place) { edges { cursor node { role joinedSeq user { id name avatarUrl } } } pageInfo { endCursor } } }
  }`

export const TOTALS = '{ viewer { unread { conversations messages mentions replies } } }'

export const LIST = `
  { conversations(first: 50) { edges { cursor node { id title kind memberCount viewerUnread { messages mentions } viewerMembership { own { pinOrder mutedUntil } } } } pageInfo { hasNextPage } } }`

export const SEND = `
  mutation ($input: SendMessageInput!) { done: sendMessage(input: $input) { ... on SendMessagePayload { deduplicated message { ${SAID} } } ... on ChatError { code explanation } } }`

export const MARK_READ = `
  mutation ($input: MarkReadInput!) {
    done: markRead(input: $input) { ... on MarkReadPayload { conversation { id viewerUnread { messages mentions } viewerMembership { own { readSeq } } } } ... on ChatError { code explanation } }
  }`

const reaction = (name: string, type: string) => `
  mutation ($input: ${type}Input!) { done: ${name}(input: $input) { ... on ${type}Payload { message { id reactions { emoji count viewerReacted } } } ... on ChatError { code explanation } } }`
export const REACT = reaction('addReaction', 'AddReaction')
export const UNREACT = reaction('removeReaction', 'RemoveReaction')
