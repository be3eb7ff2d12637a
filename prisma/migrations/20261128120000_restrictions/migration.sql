-- Who the customer has known for how long: a user whom he brings along is no new account.
alter table "user" add column known_since timestamptz;

-- Slow mode: between two messages of one member so many seconds.
alter table conversation add column slow_mode_seconds integer not null default 0 check (slow_mode_seconds between 0 and 3600);
create table slow_mode_turn (
  tenant_id uuid not null,
  conversation_id uuid not null,
  user_id uuid not null,
  at timestamptz not null,
  client_message_id text not null,
  primary key (tenant_id, conversation_id, user_id)
);

-- Of a conversation. Whether one holds is decided by the clock when somebody asks: rows that are over do no harm.
create table restriction (
  tenant_id uuid not null,
  conversation_id uuid not null,
  user_id uuid not null,
  kind text not null check (kind in ('BAN', 'TIMEOUT')),
  reason text,
  actor_id uuid not null,
  at timestamptz not null,
  until timestamptz,
  primary key (tenant_id, conversation_id, user_id, kind)
);
create index restriction_until on restriction (until) where until is not null;

-- Of the tenant. Asked for twice a second by every node with open sockets, as revocations are.
create table user_ban (
  tenant_id uuid not null,
  user_id uuid not null,
  reason text,
  actor_id uuid not null,
  at timestamptz not null,
  until timestamptz,
  primary key (tenant_id, user_id)
);
create index user_ban_at on user_ban (at);
create index user_ban_until on user_ban (until) where until is not null;
