/** What is asked, as a chat page asks it. */

const AUTHOR = 'author { id name }'
const SAID = `id seq text createdAt ${AUTHOR} replyTo { id text ${AUTHOR} } reactions { emoji count }`

const SHOWN = `
  fragment Shown on FeedEvent {
    __typename cursor
    ... on LogEvent { id seq }
    ... on MessageSent { message { ...Said } }
    ... on MessageEdited { message { ...Said } }
    ... on MessageDeleted { message { ...Said } }
    ... on ReactionAdded { message { ...Said } }
    ... on ReactionRemoved { message { ...Said } }
  }
  fragment Said on Message { ${SAID} }`

/** The page's own document: all that it shows of an event, quotes and reactions included. */
export const EVENTS = `
  subscription ($id: ID!, $after: String) { conversationEvents(conversationId: $id, after: $after) { ...Shown } }
  ${SHOWN}`

/** The same of all the viewer's conversations. */
export const FEED = `
  subscription ($after: String) { feed(after: $after) { ...Shown ... on ConversationLogEvent { conversation { id } } } }
  ${SHOWN}`

/** No more than what the baselines tell, and the cursor. */
export const PLAIN_EVENTS = `
  subscription ($id: ID!) {
    conversationEvents(conversationId: $id) { cursor ... on MessageSent { message { id seq text createdAt ${AUTHOR} } } }
  }`

export const SEND = `
  mutation ($input: SendMessageInput!) {
    sendMessage(input: $input) { ... on SendMessagePayload { message { id seq } } ... on ChatError { code explanation } }
  }`

export const USUAL_EVENTS = `
  subscription ($topic: ID!) { messageAdded(topic: $topic) { id seq body createdAt ${AUTHOR} } }`

export const USUAL_SEND = `
  mutation ($topic: ID!, $body: String!) { sendMessage(topic: $topic, body: $body) { id seq } }`

/** Everybody says the same: about 400 bytes on the wire in the bare baseline. */
export const BODY = 'x'.repeat(156)
