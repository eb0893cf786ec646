-- enter_as_kiosk: the transaction acts for a kiosk from here on.
create or replace function app.enter_as_kiosk(p_tenant_id uuid, p_session_id uuid, p_claims jsonb)
returns boolean
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_headers jsonb := nullif(current_setting('request.headers', true), '')::jsonb;
  v_kiosk record;
begin
  perform set_config('app.tenant_id', p_tenant_id::text, true);
  select k.id, k.name, k.property_id, p.default_language
  into v_kiosk
  from kiosk.kiosks as k
  join public.tenants as t on t.id = k.tenant_id
  join public.properties as p on p.tenant_id = k.tenant_id and p.id = k.property_id
  where k.tenant_id = p_tenant_id
    and k.id = app.uuid_or_null(p_claims ->> 'sub')
    and k.session_id = p_session_id
    and k.revoked_at is null
    and k.api_key_digest = app.digest(p_claims ->> 'jti')
    and p_claims ->> 'device_table' = 'kiosk'
    and t.slug = lower(btrim(coalesce(v_headers ->> 'x-tenant-slug', t.slug)))
    and t.slug = lower(btrim(coalesce(v_headers ->> 'x-kiosk-tenant', t.slug)));
  if not found then
    perform app.set_caller(p_tenant_id);
    return false;
  end if;
  perform app.set_caller(
    p_tenant_id, 'kiosk', v_kiosk.id, v_kiosk.name, p_session_id,
    p_permissions => app.role_permissions('KIOSK_MACHINE'),
    p_property_ids => array[v_kiosk.property_id], p_language => v_kiosk.default_language);
  return true;
end
$$;

comment on function app.enter_as_kiosk(uuid, uuid, jsonb) is
  'Sets tenant, actor, permissions and the one property of a kiosk for the transaction; false when it is revoked, the token is not its present one, or one of the headers x-tenant-slug and x-kiosk-tenant names another hotel.';
