-- Since when nobody of the tenant is let in; null: everybody is.
alter table tenant add column suspended_at timestamptz;
