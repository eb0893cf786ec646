-- connect_beds24: a property of ours and its property at Beds24 find each other.
-- may:      hotel:settings:write
-- refuses:  permission_missing, property_not_found, field_invalid
-- then:     the worker shows the invite code; the webhook's secret is given this once
-- real clock: the worker tries at once
create or replace function api.connect_beds24(p_property_code text, p_beds24_property_id bigint, p_invite_code text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property public.properties;
  v_secret text := app.new_secret();
  v_id uuid;
begin
  perform app.require('hotel:settings:write');
  v_property := app.find_property(p_property_code, null);
  if p_beds24_property_id is null or p_beds24_property_id not between 1 and 999999999999
     or coalesce(btrim(p_invite_code), '') !~ '^[[:graph:]]+$' or length(btrim(p_invite_code)) not between 8 and 2000 then
    raise exception 'Beds24 is reached by the property''s number there and an invite code.'
      using errcode = 'PT422', detail = 'field_invalid',
            hint = 'The number stands at Beds24 below Settings, Properties; the code is made below Settings, Apps & Integrations, API.';
  end if;

  insert into notify.beds24_connections as c (tenant_id, property_id, beds24_property_id, webhook_digest, created_at, updated_at)
  values (v_property.tenant_id, v_property.id, p_beds24_property_id, app.digest(v_secret), app.now(), app.now())
  on conflict (tenant_id, property_id) do update
  set beds24_property_id = excluded.beds24_property_id, webhook_digest = excluded.webhook_digest, verified_at = null, updated_at = excluded.updated_at
  returning c.id into v_id;
  insert into notify.beds24_access (tenant_id, connection_id, invite_code)
  values (v_property.tenant_id, v_id, btrim(p_invite_code))
  on conflict (tenant_id, connection_id) do update
  set state = 'invited', invite_code = btrim(p_invite_code), problem = null, access_token = null, access_until = null,
      is_sweep_due = true, swept_until = null, failures = 0, next_try_at = clock_timestamp();
  perform app.wake('outbox');
  return jsonb_build_object(
    'id', v_id, 'property_code', v_property.code, 'beds24_property_id', p_beds24_property_id, 'state', 'invited',
    'webhook', jsonb_build_object('path', '/functions/v1/beds24-webhook', 'header', 'X-Webhook-Secret', 'value', v_secret));
end
$$;

alter function api.connect_beds24(text, bigint, text) owner to engine;
comment on function api.connect_beds24(text, bigint, text) is
  'Connects a property by an invite code of Beds24 (good for 15 minutes): {id, property_code, beds24_property_id, state: invited, webhook: {path, header, value}}. The value is not shown again. A second call connects anew, with another one; the mapping of rooms stays.';
revoke all on function api.connect_beds24(text, bigint, text) from public;
grant execute on function api.connect_beds24(text, bigint, text) to staff, admin;
