-- parley:outside-transaction
create index concurrently if not exists attachment_to_scan on attachment (created_at, id) where state = 'STORED' and scan = 'PENDING';
