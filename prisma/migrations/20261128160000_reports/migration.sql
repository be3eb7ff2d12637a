-- What is reported: a case gathers the reports of one thing for one reason, and the evidence is what was shown then.
create table moderation_case (
  tenant_id uuid not null,
  id uuid not null,
  subject_kind text not null check (subject_kind in ('MESSAGE', 'USER')),
  subject_id uuid not null,
  -- Whom it is about; null: the system said it.
  user_id uuid,
  conversation_id uuid,
  reason text not null,
  state text not null default 'OPEN',
  urgency text not null default 'NORMAL',
  report_count integer not null default 0,
  first_reported_at timestamptz not null,
  last_reported_at timestamptz not null,
  -- Under legal hold from then on, until it is released.
  held_at timestamptz,
  released_at timestamptz,
  primary key (tenant_id, id)
);
create unique index moderation_case_id on moderation_case (id);
create unique index moderation_case_open on moderation_case (tenant_id, subject_id, reason) where state = 'OPEN';

-- One a reporter and case.
create table report (
  tenant_id uuid not null,
  case_id uuid not null,
  reporter_id uuid not null,
  comment text,
  at timestamptz not null,
  primary key (tenant_id, case_id, reporter_id)
);
create index report_reporter on report (tenant_id, reporter_id);

-- One a case, thing and revision, however many report it. content: as it was shown; null once it is erased.
create table evidence (
  tenant_id uuid not null,
  case_id uuid not null,
  subject_id uuid not null,
  revision integer not null,
  -- false: it was said around it.
  is_reported boolean not null,
  author_id uuid,
  taken_at timestamptz not null,
  -- Nothing empties it.
  is_held boolean not null,
  content jsonb,
  primary key (tenant_id, case_id, subject_id, revision)
);
create index evidence_author on evidence (tenant_id, author_id);

-- Which operator has read the evidence of a case, or released it.
create table evidence_access (
  tenant_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  action text not null,
  operator text not null,
  why text not null,
  at timestamptz not null,
  primary key (tenant_id, id)
);
create index evidence_access_case on evidence_access (tenant_id, case_id, at);
