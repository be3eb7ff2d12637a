/** What the demo asks of the API. */
import { ERROR_FIELDS } from '../lib/api.ts'

export const CREATE_CONVERSATION = `mutation ($input: CreateConversationInput!) {
  result: createConversation(input: $input) { ... on CreateConversationPayload { conversation { id } } ${ERROR_FIELDS} }
}`

export const UPSERT_USERS = `mutation ($input: UpsertUsersInput!) {
  result: upsertUsers(input: $input) { ... on UpsertUsersPayload { users { id } } ${ERROR_FIELDS} }
}`

export const CREATE_TOKEN = `mutation ($input: CreateTokenInput!) {
  result: createToken(input: $input) { ... on CreateTokenPayload { token } ${ERROR_FIELDS} }
}`

export const SEND = `mutation ($input: SendMessageInput!) {
  result: sendMessage(input: $input) { ... on SendMessagePayload { message { id } } ${ERROR_FIELDS} }
}`

export const JOIN = `mutation ($input: JoinConversationInput!) {
  result: joinConversation(input: $input) { ... on JoinConversationPayload { conversation { id } } ${ERROR_FIELDS} }
}`

export const OPEN_DIRECT = `mutation ($input: OpenDirectConversationInput!) {
  result: openDirectConversation(input: $input) { ... on OpenDirectConversationPayload { conversation { id } } ${ERROR_FIELDS} }
}`

export const REACT = `mutation ($input: AddReactionInput!) {
  result: addReaction(input: $input) { ... on AddReactionPayload { message { id } } ${ERROR_FIELDS} }
}`

export const NEWEST = `query ($id: ID!) { conversation(id: $id) { messages(last: 20) { edges { node { id } } } } }`

/** All that a reader hears, and who did it. */
export const FEED = `subscription {
  event: feed { __typename cursor ... on LogEvent { id actor { externalId } } ... on MemberJoined { user { externalId } } }
}`
