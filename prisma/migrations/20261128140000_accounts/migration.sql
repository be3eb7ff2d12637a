-- What a user says of himself, and who may see and write to him.
alter table "user"
  add column bio text,
  -- What the customer's back end, or the first token, said last: what the user chose stays until that is another.
  add column given_name text,
  add column given_avatar_url text,
  add column status_text text,
  add column status_emoji text,
  add column status_expires_at timestamptz,
  add column presence_to text not null default 'SHARED_CONVERSATION' check (presence_to in ('EVERYBODY', 'SHARED_CONVERSATION', 'NOBODY')),
  add column messages_from text not null default 'EVERYBODY' check (messages_from in ('EVERYBODY', 'SHARED_CONVERSATION', 'NOBODY')),
  -- Tokens issued before are refused.
  add column signed_out_at timestamptz,
  -- The one conversation of a guest.
  add column guest_of uuid;

create index user_signed_out on "user" (signed_out_at) where signed_out_at is not null;

-- Where users are connected, and were in the last days. Written for many at once.
create table connection (
  tenant_id uuid not null,
  user_id uuid not null,
  id uuid not null,
  node uuid not null,
  address text not null,
  user_agent text,
  token_hash text not null,
  token_expires_at timestamptz not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (tenant_id, user_id, id)
);
create index connection_open on connection (node) where closed_at is null;
create index connection_closed on connection (closed_at) where closed_at is not null;

-- A sign of life of each node: what is open there was seen then.
create table node_life (
  node uuid primary key,
  seen_at timestamptz not null
);

-- Tokens that were signed out one by one; each until it would have ended by itself.
create table signed_out_token (
  tenant_id uuid not null,
  user_id uuid not null,
  token_hash text not null,
  signed_out_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (tenant_id, user_id, token_hash)
);
create index signed_out_token_newest on signed_out_token (signed_out_at);
create index signed_out_token_ended on signed_out_token (expires_at);

update "user" set given_name = name, given_avatar_url = avatar_url;
