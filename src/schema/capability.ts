/** What somebody may do: in a conversation, or with a message. One type for both, so that one selection may ask both. */
import { builder } from './builder.ts'

export const Capability = builder.enumType('Capability', {
  description: 'What somebody may do in a conversation, or with a message.',
  values: {
    READ: { description: 'Read and listen.' },
    POST: { description: 'Send messages.' },
    UPDATE: { description: 'Change its title and whatever else it carries.' },
    ARCHIVE: { description: 'Make it read-only, and lively again.' },
    ADD_MEMBERS: { description: 'Add members.' },
    REMOVE_MEMBERS: { description: 'Remove members.' },
    SET_ROLES: { description: 'Change members’ roles.' },
    TRANSFER_OWNERSHIP: { description: 'Hand the ownership on.' },
    INVITE: { description: 'Make and revoke invites.' },
    LEAVE: { description: 'Leave it.' },
    JOIN: { description: 'Join it.' },
    REACT: { description: 'React to messages, or to this one.' },
    PIN_MESSAGES: { description: 'Pin and unpin messages.' },
    DELETE_MESSAGES: { description: 'Delete for everybody what others said.' },
    MENTION_ALL: { description: 'Mention everybody.' },
    ANSWER_CONTACT: { description: 'Answer the request of a stranger with which it began: see `contact`.' },
    REPLY: { description: 'Answer this message, or in its thread.' },
    EDIT: { description: 'Say this message anew.' },
    DELETE: { description: 'Delete this message for everybody; for himself everybody may.' },
    PIN: { description: 'Pin and unpin this message.' },
  } as const,
})
