-- leave_beds24_import: a booking of Beds24 is left as it is: somebody has seen to it.
-- may:      hotel:bookings:write
-- refuses:  permission_missing, beds24_import_not_found
-- then:     its alert is closed; a later change at Beds24 is tried again
create or replace function api.leave_beds24_import(p_beds24_import_id uuid)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  v_import notify.beds24_imports;
begin
  perform app.require('hotel:bookings:write');
  -- lock
  v_import := app.lock_beds24_import(p_beds24_import_id);

  update notify.beds24_imports as i
  set outcome = 'left', problem = null, problem_says = null, answered = i.asked
  where i.tenant_id = v_import.tenant_id and i.id = v_import.id and i.outcome = 'problem';
  perform app.resolve_alert(app.tenant_id(), 'beds24_import:' || p_beds24_import_id);
  return jsonb_build_object('id', p_beds24_import_id, 'outcome', (
    select i.outcome from notify.beds24_imports as i where i.tenant_id = app.tenant_id() and i.id = p_beds24_import_id));
end
$$;

alter function api.leave_beds24_import(uuid) owner to engine;
comment on function api.leave_beds24_import(uuid) is 'Leaves an import that has a problem: a human did by hand what was needed. A second call changes nothing.';
revoke all on function api.leave_beds24_import(uuid) from public;
grant execute on function api.leave_beds24_import(uuid) to staff, admin;
