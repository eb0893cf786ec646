-- audited_tables: which tables the audit log follows.
-- may:      hotel:audit:read
-- refuses:  permission_missing
-- then:     nothing
create or replace function api.audited_tables()
returns table (table_name text)
language plpgsql
stable
security definer
set search_path = ''
as $$
begin
  perform app.require('hotel:audit:read');
  return query
    select n.nspname || '.' || c.relname
    from pg_catalog.pg_trigger as t
    join pg_catalog.pg_class as c on c.oid = t.tgrelid
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    where t.tgname = 'record_change'
    order by 1;
end
$$;

alter function api.audited_tables() owner to engine;
comment on function api.audited_tables() is 'Names, with their schema, of the tables whose changes api.audit_log holds and api.row_at goes back through.';
revoke all on function api.audited_tables() from public;
grant execute on function api.audited_tables() to staff, admin;
