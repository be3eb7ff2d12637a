-- What is to go by itself, and has not gone yet: few of many, found in order of their time.
create index message_to_expire on message (expires_at) where expires_at is not null and deleted_at is null;
