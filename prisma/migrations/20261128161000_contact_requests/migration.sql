-- A direct conversation that somebody began with one who does not know him waits until that one has answered. All null: there is nothing to answer.
-- REQUESTED: it waits. DECLINED: it waits, and whom it is for does not want to see it; who asked is not told. ACCEPTED: it is as any other, for good.
alter table conversation
  add column contact_state text check (contact_state in ('REQUESTED', 'DECLINED', 'ACCEPTED')),
  add column contact_by uuid,
  add column contact_to uuid,
  add constraint conversation_contact check ((contact_state is null) = (contact_by is null) and (contact_state is null) = (contact_to is null));

-- The ids of conversations are in the order in which they were begun.
create index conversation_contacts on conversation (tenant_id, contact_to, contact_state, id) where contact_to is not null;

-- Nothing becomes another for those who are here already: their operator switches it on.
update tenant set settings = settings || jsonb_build_object('features', coalesce(settings -> 'features', '{}') || '{"contactRequests": false}');
