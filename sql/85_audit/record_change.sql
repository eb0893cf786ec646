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
  -- what opens a stay or names a device is never readable here
  c_withheld constant text[] := array['portal.codes.code', 'identity.sessions.device_digest', 'identity.qr_tokens.digest',
    'identity.passwords.password_hash', 'identity.passwords.one_time_digest'];
  v_table text := tg_table_schema || '.' || tg_table_name;
  v_personal text[] := app.personal_columns(v_table);
  v_old jsonb := case when tg_op <> 'INSERT' then to_jsonb(old) end;
  v_new jsonb := case when tg_op <> 'DELETE' then to_jsonb(new) end;
  v_before jsonb := v_old;
  v_row jsonb := coalesce(v_new, v_old);
  v_tenant_id uuid := coalesce(v_row ->> 'tenant_id', v_row ->> 'id')::uuid;
  v_guest_id uuid;
  v_key bytea;
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

  if v_table in ('portal.codes', 'identity.sessions', 'identity.qr_tokens', 'identity.passwords') then
    select coalesce(jsonb_object_agg(o.key, case when v_table || '.' || o.key = any (c_withheld) and o.value <> 'null' then '"•••"' else o.value end), v_old)
    into v_old from jsonb_each(v_old) as o;
    select coalesce(jsonb_object_agg(n.key, case when v_table || '.' || n.key = any (c_withheld) and n.value <> 'null' then '"•••"' else n.value end), v_new)
    into v_new from jsonb_each(v_new) as n;
  elsif coalesce(v_new, v_old) ?| v_personal then
    v_guest_id := coalesce(case when v_before is not null then app.guest_of_row(v_table, v_before) end, app.guest_of_row(v_table, v_row));
    if v_table = 'public.guests' and tg_op = 'INSERT' then
      insert into app.guest_keys (tenant_id, guest_id, key, created_at)
      values (v_tenant_id, v_guest_id, extensions.gen_random_bytes(32), app.now())
      on conflict do nothing;
    end if;
    if v_guest_id is not null then
      select k.key into v_key from app.guest_keys as k where k.tenant_id = v_tenant_id and k.guest_id = v_guest_id;
      v_old := case when v_old is not null then app.hide_personal(v_old, v_personal, v_key) end;
      v_new := case when v_new is not null then app.hide_personal(v_new, v_personal, v_key) end;
    end if;
  end if;

  insert into public.audit_log (tenant_id, table_name, row_key, operation, old_values, new_values, db_role, actor_id, actor_name,
                                session_id, command, call_id, at, epoch, guest_id)
  values (
    v_tenant_id, v_table,
    coalesce((select jsonb_object_agg(k, v_row -> k) from unnest(tg_argv) as k), '{}'),
    tg_op, v_old, v_new, current_setting('role'), app.actor_id(),
    -- a guest is known by the booking alone: a name could not be forgotten
    case when app.session_role() is distinct from 'guest' then app.actor_name() end,
    app.session_id(), nullif(current_setting('app.command', true), ''), app.call_id(), app.now(),
    coalesce((select h.epoch from app.audit_heads as h where h.tenant_id = v_tenant_id), 1), v_guest_id);
  return null;
end
$$;

alter function app.record_change() owner to auditor;
comment on function app.record_change() is
  'Trigger of every audited table; its arguments name the key columns. Updates record only what changed; one that changes nothing but updated_at leaves no row. What tells about a guest is put under the guest''s own key.';
