-- verify_beds24: Beds24 shows the property to whom the invite code let in.
-- may:      called by the worker
-- refuses:  nothing: what does not fit leaves the connection refused, with an alert
-- then:     the property at Beds24 is this property's alone, its rooms can be mapped, and it is swept from now on
-- definer because it acts as engine, which plans jobs and cannot leave the tenant.
create or replace function app.verify_beds24(p_tenant_id uuid, p_connection_id uuid, p_currency text, p_rooms jsonb)
returns boolean
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_property public.properties;
begin
  perform app.set_caller(p_tenant_id, p_actor_name => 'Beds24'), set_config('app.command', 'beds24', true);
  select p.* into v_property
  from notify.beds24_connections as c
  join public.properties as p on p.tenant_id = c.tenant_id and p.id = c.property_id
  where c.tenant_id = p_tenant_id and c.id = p_connection_id;
  if p_currency is distinct from v_property.currency then
    perform app.refuse_beds24(p_tenant_id, p_connection_id, 'currency_differs');
    return false;
  end if;

  update notify.beds24_connections as c
  set verified_at = app.now(), updated_at = app.now()
  where c.tenant_id = p_tenant_id and c.id = p_connection_id;
  update notify.beds24_access as a
  set state = 'connected', problem = null, offered = p_rooms
  where a.tenant_id = p_tenant_id and a.connection_id = p_connection_id;
  perform app.plan_job(v_property, 'beds24_sweep', 'beds24', null, true);
  perform app.resolve_alert(p_tenant_id, 'beds24:' || p_connection_id);
  return true;
exception
  when unique_violation then
    -- the caller's settings were undone as well
    perform app.set_caller(p_tenant_id, p_actor_name => 'Beds24'), set_config('app.command', 'beds24', true);
    perform app.refuse_beds24(p_tenant_id, p_connection_id, 'property_taken');
    return false;
end
$$;

alter function app.verify_beds24(uuid, uuid, text, jsonb) owner to engine;
comment on function app.verify_beds24(uuid, uuid, text, jsonb) is
  'Amounts of two currencies are never mixed: a property in another currency is refused. False when it was. Worker only.';
revoke all on function app.verify_beds24(uuid, uuid, text, jsonb) from public;
grant execute on function app.verify_beds24(uuid, uuid, text, jsonb) to service;
