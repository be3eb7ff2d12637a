-- Whom a user has blocked or muted. A row stays when it is taken back: nodes find by changed_at what the bus has not told them.
create table user_aversion (
  tenant_id uuid not null,
  user_id uuid not null,
  other_id uuid not null,
  blocked_at timestamptz,
  muted_at timestamptz,
  changed_at timestamptz not null,
  primary key (tenant_id, user_id, other_id)
);
create index user_aversion_other on user_aversion (tenant_id, other_id) where blocked_at is not null;
create index user_aversion_changed on user_aversion (changed_at);

create function is_severed(p_tenant uuid, p_one uuid, p_other uuid) returns boolean language sql stable as $$
  select exists (select from user_aversion a where a.tenant_id = p_tenant and a.user_id = p_one and a.other_id = p_other and a.blocked_at is not null)
    or exists (select from user_aversion a where a.tenant_id = p_tenant and a.user_id = p_other and a.other_id = p_one and a.blocked_at is not null)
$$;

-- Whether what this member says in a direct conversation reaches nobody: the other one is shut out, or one of the two has blocked the other. One answer for all of it.
create function is_unreachable(p_tenant uuid, p_conversation uuid, p_user uuid) returns boolean language sql stable as $$
  select exists (
    select from membership o join "user" u on u.tenant_id = o.tenant_id and u.id = o.user_id
    where o.tenant_id = p_tenant and o.conversation_id = p_conversation and o.left_seq is null and o.user_id <> p_user
      and (u.deactivated_at is not null or is_severed(p_tenant, p_user, o.user_id)))
$$;
