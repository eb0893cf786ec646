-- show_personal: what an entry of the log says, as far as its reader may know.
-- may:      called by api.audit_log and row_from_log; personal values for hotel:guests:read
-- refuses:  nothing
-- then:     nothing
create or replace function app.show_personal(p_table text, p_guest_id uuid, p_values jsonb)
returns jsonb
language plpgsql
stable
security definer
set search_path = ''
as $$
declare
  v_columns text[] := app.personal_columns(p_table);
  v_key bytea;
begin
  if v_columns is null or p_guest_id is null or not p_values ?| v_columns then
    return p_values;
  end if;
  if app.can('hotel:guests:read') then
    select k.key into v_key from app.guest_keys as k where k.tenant_id = app.tenant_id() and k.guest_id = p_guest_id;
  end if;
  return (
    select jsonb_object_agg(o.key, case
      when o.key <> all (v_columns) or jsonb_typeof(o.value) <> 'object' or not o.value ? 'encrypted' then o.value
      when v_key is null then '"•••"'
      else convert_from(extensions.decrypt_iv(
             substring(decode(o.value ->> 'encrypted', 'base64') from 17), v_key,
             substring(decode(o.value ->> 'encrypted', 'base64') for 16), 'aes'), 'UTF8')::jsonb
    end)
    from jsonb_each(p_values) as o);
end
$$;

alter function app.show_personal(text, uuid, jsonb) owner to auditor;
comment on function app.show_personal(text, uuid, jsonb) is
  'Values of an entry in plain words for who may read guests; "•••" for others, and for everyone once the guest was erased.';
revoke all on function app.show_personal(text, uuid, jsonb) from public;
grant execute on function app.show_personal(text, uuid, jsonb) to staff, admin, engine;
