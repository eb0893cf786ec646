-- disconnect_beds24: a property and Beds24 part.
-- may:      hotel:settings:write
-- refuses:  permission_missing, property_not_found, beds24_not_connected
-- then:     the tokens are gone, webhooks open nothing, copies that wait are withdrawn; bookings stay
create or replace function api.disconnect_beds24(p_property_code text)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_connection notify.beds24_connections;
  v_property public.properties;
begin
  perform app.require('hotel:settings:write');
  v_connection := app.find_beds24_connection(p_property_code);
  update notify.beds24_connections as c
  set verified_at = null, updated_at = app.now()
  where c.tenant_id = v_connection.tenant_id and c.id = v_connection.id and c.verified_at is not null;
  update notify.beds24_access as a
  set state = 'off', problem = null, invite_code = null, refresh_token = null, access_token = null, access_until = null
  where a.tenant_id = v_connection.tenant_id and a.connection_id = v_connection.id and a.state <> 'off';

  update public.notification_log as n
  set state = 'cancelled', error_code = 'beds24_disconnected', updated_at = app.now()
  where n.tenant_id = v_connection.tenant_id and n.property_id = v_connection.property_id and n.channel = 'beds24' and n.state = 'queued';
  select p.* into v_property from public.properties as p where p.tenant_id = v_connection.tenant_id and p.id = v_connection.property_id;
  perform app.plan_job(v_property, 'beds24_sweep', 'beds24', null, false);
  perform app.resolve_alert(v_connection.tenant_id, 'beds24:' || v_connection.id);
  return jsonb_build_object('property_code', v_property.code, 'state', 'off');
end
$$;

alter function api.disconnect_beds24(text) owner to engine;
comment on function api.disconnect_beds24(text) is 'Forgets the tokens. What was taken over stays. The same again changes nothing.';
revoke all on function api.disconnect_beds24(text) from public;
grant execute on function api.disconnect_beds24(text) to staff, admin;
