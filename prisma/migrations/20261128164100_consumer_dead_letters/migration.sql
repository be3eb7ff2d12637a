-- Events on which a consumer of the log failed to the last, and what waits behind them where it keeps the order of a stream.
create table consumer_dead_letter (
  id uuid not null primary key,
  consumer text not null,
  tenant_id uuid not null,
  stream_id uuid not null,
  seq bigint not null,
  position bigint not null,
  kind text not null,
  subject_id uuid,
  -- null: it was not tried, and waits.
  error text,
  tries integer not null,
  at timestamptz not null default now()
);
create unique index consumer_dead_letter_event on consumer_dead_letter (tenant_id, stream_id, seq, consumer);
create index consumer_dead_letter_at on consumer_dead_letter (at);
