-- refuse_beds24: a connection cannot be used until somebody sees to it.
-- may:      called by the worker and verify_beds24
-- refuses:  nothing
-- then:     nothing is asked of Beds24 any more; one alert; charges wait
-- real clock: when it happened
create or replace function app.refuse_beds24(p_tenant_id uuid, p_connection_id uuid, p_problem text)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update notify.beds24_access as a
  set state = 'refused', problem = p_problem, access_token = null, invite_code = null, lease_until = null,
      last_error = p_problem, last_error_at = clock_timestamp()
  where a.tenant_id = p_tenant_id and a.connection_id = p_connection_id and a.state <> 'off';
  perform app.raise_alert(
    p_tenant_id, c.property_id, 'beds24_refused', 'urgent',
    format('Beds24 and this house are not connected any more (%s). Bookings are not taken over until somebody connects them anew.', p_problem),
    jsonb_build_object('connection_id', c.id, 'problem', p_problem), 'beds24:' || c.id)
  from notify.beds24_connections as c
  where c.tenant_id = p_tenant_id and c.id = p_connection_id;
end
$$;

comment on function app.refuse_beds24(uuid, uuid, text) is 'p_problem: invite_refused, token_refused, property_not_shown, property_taken, currency_differs. Worker only.';
revoke all on function app.refuse_beds24(uuid, uuid, text) from public;
