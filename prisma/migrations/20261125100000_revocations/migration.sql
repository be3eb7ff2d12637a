-- What was revoked lately is asked for twice a second by every node with open sockets: it must not read all keys and users.
create index user_deactivated on "user" (deactivated_at) where deactivated_at is not null;
create index api_key_revoked on api_key (revoked_at) where revoked_at is not null;
create index tenant_key_revoked on tenant_key (revoked_at) where revoked_at is not null;
