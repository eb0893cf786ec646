create or replace function app.isolate_tenant(p_table regclass)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  execute format('alter table %s enable row level security', p_table);
  execute format('alter table %s force row level security', p_table);
  execute format('drop policy if exists tenant_isolation on %s', p_table);
  execute format(
    'create policy tenant_isolation on %s as restrictive to anon, guest, staff, admin, kiosk, engine '
    'using (tenant_id = (select app.tenant_id())) with check (tenant_id = (select app.tenant_id()))', p_table);
  execute format('drop policy if exists engine_all on %s', p_table);
  execute format('create policy engine_all on %s to engine using (true) with check (true)', p_table);
  execute format('drop policy if exists service_all on %s', p_table);
  execute format('create policy service_all on %s to service using (true) with check (true)', p_table);
end
$$;

comment on function app.isolate_tenant(regclass) is
  'Binds a tenant-owned table: row level security on and forced, the restrictive policy tenant_isolation, and the permissive engine_all and service_all. Called first by the table''s access file.';

-- Here and not in sql/: every policy names it, so it has to exist before the first one.
create or replace function app.tenant_id()
returns uuid
language sql
stable
parallel safe
begin atomic
  select nullif(current_setting('app.tenant_id', true), '')::uuid;
end;

comment on function app.tenant_id() is 'The tenant of this transaction, set once from the verified token; null before it is known, which no row matches.';
select app.grant_to_readers('app.tenant_id()');
