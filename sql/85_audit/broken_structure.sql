-- broken_structure: tables and functions that would let an invariant be broken.
-- may:      called by invariants
-- refuses:  nothing
-- then:     nothing
create or replace function app.broken_structure()
returns table (invariant text, what text)
language sql
stable
set search_path = ''
as $$
  with columns as (
    select c.oid, n.nspname || '.' || c.relname as name, c.relname, a.attname, c.relrowsecurity and c.relforcerowsecurity as is_bound
    from pg_catalog.pg_class as c
    join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
    join pg_catalog.pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind = 'r' and n.nspname in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app')
  ), functions as (
    select p.oid, n.nspname, p.proname, p.provolatile, coalesce(p.prosrc, '') || coalesce(pg_get_function_sqlbody(p.oid), '') as body
    from pg_catalog.pg_proc as p
    join pg_catalog.pg_namespace as n on n.oid = p.pronamespace
    where n.nspname in ('app', 'api', 'hook')
  )
  select 'every_request_is_a_portal_request', c.name
  from columns as c
  where c.name <> 'portal.requests'
  group by c.name, c.relname
  having bool_or(c.attname in ('phase', 'workflow_version_id'))
      or bool_or(c.attname in ('status', 'state'))
         and bool_or(c.attname in ('assignee_id', 'assigned_to', 'priority', 'severity', 'resolved_at') and c.relname <> 'alerts')
  union all
  select 'stay_state_is_never_stored', c.name || '.' || c.attname
  from columns as c
  where c.attname like '%stay_state%' and c.relname <> 'feature_windows'
  union all
  select 'stay_state_is_never_stored', k.conname
  from pg_catalog.pg_constraint as k
  where k.contype = 'c' and pg_get_constraintdef(k.oid) ~ 'departure_day' and k.conname not in ('feature_window_state_is_known', 'cleaning_reason_is_known')
  union all
  select 'charges_have_one_writer', f.nspname || '.' || f.proname
  from functions as f
  where f.body ~* 'insert\s+into\s+(public\.)?charge(s|_taxes)\y' and f.nspname || '.' || f.proname <> 'app.post_charge'
  union all
  select 'no_tenant_sees_or_references_another', c.name
  from columns as c
  where c.attname = 'tenant_id'
    and (not c.is_bound
         or not exists (select from pg_catalog.pg_policy as p where p.polrelid = c.oid and p.polname = 'tenant_isolation' and not p.polpermissive))
  union all
  select 'no_tenant_sees_or_references_another', k.conname
  from pg_catalog.pg_constraint as k
  join columns as h on h.oid = k.conrelid and h.attname = 'tenant_id'
  join columns as t on t.oid = k.confrelid and t.attname = 'tenant_id'
  where k.contype = 'f'
    and not exists (
      select from unnest(k.conkey, k.confkey) as l (here, there)
      join pg_catalog.pg_attribute as a on a.attrelid = k.conrelid and a.attnum = l.here and a.attname = 'tenant_id'
      join pg_catalog.pg_attribute as b on b.attrelid = k.confrelid and b.attnum = l.there and b.attname = 'tenant_id')
  union all
  select distinct 'per_property_differences_are_data', f.nspname || '.' || f.proname
  from functions as f
  join (select unnest(array[p.code, p.name, p.time_zone, p.currency]) as word from public.properties as p
        where p.tenant_id = app.tenant_id()) as w
    on position(quote_literal(w.word) in f.body) > 0
  union all
  select 'every_command_is_idempotent_or_says_so', f.proname
  from functions as f
  where f.nspname = 'api' and f.provolatile = 'v'
    and coalesce(obj_description(f.oid, 'pg_proc'), '') !~*
      '(the same (key|again|document again|guest again|member.s repeat)|again changes nothing|answered as (it|he) is|a second call|a repeat)'
  union all
  select 'every_change_to_a_tracked_table_is_audited', t.tgrelid::regclass::text
  from pg_catalog.pg_trigger as t
  where t.tgname = 'record_change' and t.tgenabled <> 'O'
$$;

comment on function app.broken_structure() is 'What the database itself has that it must not: its invariant and its name.';
