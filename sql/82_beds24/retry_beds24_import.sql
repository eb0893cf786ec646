-- retry_beds24_import: a booking of Beds24 that could not be carried out is fetched once more.
-- may:      hotel:bookings:write
-- refuses:  permission_missing, beds24_import_not_found
-- then:     the worker fetches it; what it comes to stands at the import
create or replace function api.retry_beds24_import(p_beds24_import_id uuid)
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
  set asked = i.asked + case when i.asked = i.answered then 1 else 0 end, outcome = case i.outcome when 'left' then 'waiting' else i.outcome end,
      modified_at = case i.outcome when 'left' then null else i.modified_at end
  where i.tenant_id = v_import.tenant_id and i.id = v_import.id and i.outcome in ('problem', 'left');
  perform app.wake('outbox');
  return jsonb_build_object('id', p_beds24_import_id, 'outcome', (
    select i.outcome from notify.beds24_imports as i where i.tenant_id = app.tenant_id() and i.id = p_beds24_import_id));
end
$$;

alter function api.retry_beds24_import(uuid) owner to engine;
comment on function api.retry_beds24_import(uuid) is 'Tries an import again that has a problem, or was left. A second call finds it waiting and changes nothing.';
revoke all on function api.retry_beds24_import(uuid) from public;
grant execute on function api.retry_beds24_import(uuid) to staff, admin;
