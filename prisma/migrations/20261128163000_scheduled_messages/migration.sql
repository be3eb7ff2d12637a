-- What a user has said to be sent later. What is sent is a message, and no longer here.
create table scheduled_message (
  tenant_id uuid not null,
  id uuid not null,
  author_id uuid not null,
  conversation_id uuid not null,
  -- As it was given to scheduleMessage.
  input jsonb not null,
  due_at timestamptz not null,
  created_at timestamptz not null,
  -- SENDING: a server is at it, and it cannot be taken back.
  state text not null default 'WAITING' check (state in ('WAITING', 'SENDING', 'FAILED')),
  -- Of the timed work that sends it; another one after each change of due_at.
  job_id uuid not null,
  failure_code text,
  failure_explanation text,
  primary key (tenant_id, id)
);
create index scheduled_message_author on scheduled_message (tenant_id, author_id, due_at, id);
