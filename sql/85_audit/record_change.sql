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
  insert into public.audit_log (tenant_id, table_name, row_key, operation, old_values, new_values, db_role, actor_id, actor_name,
                                session_id, command, call_id, at)
  values (
    (v_row ->> 'tenant_id')::uuid, tg_table_schema || '.' || tg_table_name,
    coalesce((select jsonb_object_agg(k, v_row -> k) from unnest(tg_argv) as k), '{}'),
    tg_op, v_old, v_new, current_setting('role'), app.actor_id(), app.actor_name(), app.session_id(),
    nullif(current_setting('app.command', true), ''), app.call_id(), app.now());
  return null;
end
$$;

alter function app.record_change() owner to auditor;
comment on function app.record_change() is
  'Trigger of every audited table; its arguments name the key columns. Updates record only what changed; one that changes nothing but updated_at leaves no row.';
