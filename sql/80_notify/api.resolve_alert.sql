-- resolve_alert: somebody has seen to it.
-- may:      hotel:audit:read or hotel:staff:write, at the alert's property
-- refuses:  permission_missing, alert_not_found
-- then:     it is closed; the same thing may be raised anew
create or replace function api.resolve_alert(p_alert_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_alert public.alerts;
begin
  if app.can('hotel:audit:read') is not true then
    perform app.require('hotel:staff:write');
  end if;
  -- lock
  select a.* into v_alert
  from public.alerts as a
  where a.tenant_id = app.tenant_id() and a.id = p_alert_id and (a.property_id is null or app.sees_property(a.property_id))
  for update;
  if not found then
    raise exception 'There is no such alert.'
      using errcode = 'PT404', detail = 'alert_not_found', hint = 'Reload the page.';
  end if;
  update public.alerts as a set resolved_at = app.now()
  where a.tenant_id = v_alert.tenant_id and a.id = v_alert.id and a.resolved_at is null
  returning a.* into v_alert;
  return jsonb_build_object('id', p_alert_id, 'resolved', found);
end
$$;

alter function api.resolve_alert(uuid) owner to engine;
comment on function api.resolve_alert(uuid) is 'Closes an alert by hand. A second call finds it closed and changes nothing: {id, resolved: false}.';
revoke all on function api.resolve_alert(uuid) from public;
grant execute on function api.resolve_alert(uuid) to staff, admin;
