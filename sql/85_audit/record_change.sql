-- record_change: one generic trigger writes who changed what.
-- definer because only auditor may write the log: not even a command can forge it.
create or replace function app.record_change()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  -- what opens a stay or names a person's papers is never readable here
  c_withheld constant text[] := array['portal.codes.code', 'identity.sessions.device_digest', 'public.guests.id_number'];
  v_table text := tg_table_schema || '.' || tg_table_name;
  v_old jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  v_new jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  v_row jsonb := coalesce(v_new, v_old);
  v_changed text[];
begin
  if tg_op = 'UPDATE' then
    select array_agg(n.key) into v_changed
    from jsonb_each(v_new) as n
    where n.value is distinct from v_old -> n.key and n.key <> 'updated_at';
    if v_changed is null then
      return null;
    end if;
    select jsonb_object_agg(k, v_old -> k), jsonb_object_agg(k, v_new -> k) into v_old, v_new from unnest(v_changed) as k;
  end if;
  if v_table in ('portal.codes', 'identity.sessions', 'public.guests') then
    select coalesce(jsonb_object_agg(o.key, case when v_table || '.' || o.key = any (c_withheld) and o.value <> 'null' then '"•••"' else o.value end), v_old)
    into v_old from jsonb_each(v_old) as o;
    select coalesce(jsonb_object_agg(n.key, case when v_table || '.' || n.key = any (c_withheld) and n.value <> 'null' then '"•••"' else n.value end), v_new)
    into v_new from jsonb_each(v_new) as n;
  end if;
  insert into public.audit_log (tenant_id, table_name, row_key, operation, old_values, new_values, db_role, actor_id, actor_name,
                                session_id, command, call_id, at)
  values (
    coalesce(v_row ->> 'tenant_id', v_row ->> 'id')::uuid, v_table,
    coalesce((select jsonb_object_agg(k, v_row -> k) from unnest(tg_argv) as k), '{}'),
    tg_op, v_old, v_new, current_setting('role'), app.actor_id(), app.actor_name(), app.session_id(),
    nullif(current_setting('app.command', true), ''), app.call_id(), app.now());
  return null;
end
$$;

alter function app.record_change() owner to auditor;
comment on function app.record_change() is
  'Trigger of every audited table; its arguments name the key columns. Updates record only what changed; one that changes nothing but updated_at leaves no row.';
