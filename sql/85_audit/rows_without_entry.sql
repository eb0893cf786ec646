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
  v_count bigint;
begin
  for v_table in
    select n.nspname || '.' || c.relname as name,
           string_agg(quote_literal(a.attname) || ', t.' || quote_ident(a.attname), ', ' order by k.place) as key
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    join pg_catalog.pg_trigger as g on g.tgrelid = c.oid and g.tgname = 'record_change'
    join pg_catalog.pg_index as i on i.indrelid = c.oid and i.indisprimary
    cross join lateral unnest(i.indkey) with ordinality as k (number, place)
    join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum = k.number
    where n.nspname || '.' || c.relname <> 'public.tenants' and has_table_privilege(c.oid, 'select')
    group by 1
  loop
    execute format(
      'select count(*) from %s as t where t.tenant_id = $1 and not exists (select from public.audit_log as a '
      'where a.tenant_id = $1 and a.table_name = %L and a.operation = ''INSERT'' and a.row_key = jsonb_build_object(%s))',
      v_table.name, v_table.name, v_table.key)
    into v_count using app.tenant_id();
    if v_count > 0 then
      return query select 'every_change_to_a_tracked_table_is_audited', v_table.name || ': ' || v_count;
    end if;
  end loop;
end
$$;

comment on function app.rows_without_entry() is 'Tables with rows of the tenant that came without an entry, and how many.';
