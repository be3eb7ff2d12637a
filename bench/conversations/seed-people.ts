/** The seed's beginning: places as given, their members, and the users that these are. */

/** A message's time grows with its number; a position is as many below the epoch's base as the event is seconds old: below the present, as all of the past is. */
export const PLACES = `
  create temp table place (
    tenant uuid, n integer, id uuid, title text, kind text, messages integer, members integer, authors integer, author_cast text, authors_from integer,
    reader_cast text, readers_from integer, read float8, reactors integer, pin_order float8, is_hidden boolean, is_archived boolean,
    begun timestamptz, first_tick bigint, step bigint, ended timestamptz, base bigint);
  create function pg_temp.message_id(n integer, tick bigint, nth integer) returns uuid immutable language sql as
    $$ select uuid_of_tick(tick, '8' || lpad(to_hex(n), 6, '0') || lpad(to_hex(nth), 9, '0')) $$;
  create function pg_temp.moment(tick bigint) returns timestamptz immutable language sql as $$ select to_timestamp(tick / 4096000.0) $$;
  create function pg_temp.position_of(base bigint, at timestamptz) returns bigint stable language sql as
    $$ select base - 1 - ceil(extract(epoch from now() - at))::bigint $$`

/** 27 days: so that the oldest partition, the month before this one, always holds the first. */
export const GIVEN = `
  insert into place
  select $1, g.n, g.id, g.title, g.kind, g.messages, g.members, g.authors, g."authorCast", g."authorsFrom", g."readerCast", g."readersFrom",
    g.read, g.reactors, g."pinOrder", g."isHidden", g."isArchived",
    t.begun, tick_of(t.begun), (tick_of(t.ended) - tick_of(t.begun)) / g.messages, t.ended, log_base()
  from jsonb_to_recordset($2::jsonb) as g(n integer, id uuid, title text, kind text, messages integer, members integer, authors integer, "authorCast" text,
    "authorsFrom" integer, "readerCast" text, "readersFrom" integer, read float8, reactors integer, "endedSecondsAgo" integer, "pinOrder" float8, "isHidden" boolean, "isArchived" boolean)
  cross join lateral (select now() - interval '27 days' as begun, now() - make_interval(secs => g."endedSecondsAgo") as ended) t`

/** Seats in the order of their joining, which is their seq. Whoever has several has an event for each in a log of his own. */
export const MEMBERS = `
  create temp table seat as
  select p.n as place, s.nth, case when s.nth <= p.authors then p.author_cast || '-' || p.authors_from + s.nth
    else p.reader_cast || '-' || p.readers_from + s.nth - p.authors end as external_id, null::uuid as user_id
  from place p cross join generate_series(1, p.members) s(nth);

  insert into "user" (tenant_id, id, external_id, name, created_at)
  select t.tenant, uuid_of_tick(t.first_tick - 1000000 + row_number() over (), substr(replace(gen_random_uuid()::text, '-', ''), 17)), s.external_id, initcap(s.external_id), t.begun
  from (select distinct external_id from seat) s cross join (select tenant, first_tick, begun from place limit 1) t;
  analyze "user";
  update seat s set user_id = u.id from "user" u where u.external_id = s.external_id;
  create index on seat (place, nth);
  analyze seat;
  analyze place;

  insert into conversation (tenant_id, id, kind, title, created_by, created_at, archived_at, member_count)
  select p.tenant, p.id, p.kind, p.title, s.user_id, p.begun, case when p.is_archived then p.ended end, p.members
  from place p join seat s on s.place = p.n and s.nth = 1;
  insert into membership (tenant_id, conversation_id, user_id, joined_seq, role, joined_at, read_seq, delivered_seq, read_ordinal, joined_ordinal)
  select p.tenant, p.id, s.user_id, s.nth, case s.nth when 1 then 'OWNER' else 'MEMBER' end, p.begun, s.nth, s.nth, 0, 0
  from place p join seat s on s.place = p.n order by p.n, s.nth;

  insert into log_event (tenant_id, stream_id, seq, position, kind, at, actor_id, subject_id, detail)
  select p.tenant, p.id, s.nth, pg_temp.position_of(p.base, p.begun), 'MEMBER_JOINED', p.begun, s.user_id, s.user_id,
    jsonb_build_object('role', case s.nth when 1 then 'OWNER' else 'MEMBER' end)
  from place p join seat s on s.place = p.n;
  insert into log_event (tenant_id, stream_id, seq, position, kind, at, actor_id, subject_id, detail)
  select p.tenant, s.user_id, row_number() over (partition by s.user_id order by p.n), pg_temp.position_of(p.base, p.begun), 'CONVERSATION_JOINED', p.begun,
    s.user_id, p.id, jsonb_build_object('seq', s.nth)
  from place p join seat s on s.place = p.n;
  insert into stream (tenant_id, id, last_seq, last_position)
  select p.tenant, s.user_id, count(*), max(pg_temp.position_of(p.base, p.begun)) from place p join seat s on s.place = p.n group by 1, 2`
