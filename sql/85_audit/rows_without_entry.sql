-- rows_without_entry: tracked tables with a row that the audit log does not know.
-- may:      called by invariants
-- refuses:  nothing
-- then:     nothing
create or replace function app.rows_without_entry()
returns table (invariant text, what text)
language plpgsql
stable
set search_path = ''
as $$
declare
  v_table record;
  v_name text;
  v_count bigint;
begin
  for v_table in
    select n.nspname, c.relname, array_agg(a.attname::text) as key
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    join pg_catalog.pg_trigger as g on g.tgrelid = c.oid and g.tgname = 'record_change'
    join pg_catalog.pg_index as i on i.indrelid = c.oid and i.indisprimary
    join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = any (i.indkey)
    where c.oid <> 'public.tenants'::regclass and has_table_privilege(c.oid, 'select')
    group by n.nspname, c.relname
  loop
    v_name := v_table.nspname || '.' || v_table.relname;
    execute format(
      'select count(*) from %I.%I as t where t.tenant_id = $1 and not exists (select from public.audit_log as a '
      'where a.tenant_id = $1 and a.table_name = $2 and a.operation = ''INSERT'' '
      'and a.row_key = (select jsonb_object_agg(k, to_jsonb(t) -> k) from unnest($3) as k))',
      v_table.nspname, v_table.relname)
    into v_count using app.tenant_id(), v_name, v_table.key;
    if v_count > 0 then
      return query select 'every_change_to_a_tracked_table_is_audited', v_name || ': ' || v_count;
    end if;
  end loop;
end
$$;

comment on function app.rows_without_entry() is 'Tables with rows of the tenant that came without an entry, and how many.';
