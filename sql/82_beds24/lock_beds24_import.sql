-- lock_beds24_import: a booking of Beds24 that the caller sees, locked.
-- may:      called by commands
-- refuses:  beds24_import_not_found
-- then:     the row is locked until commit
create or replace function app.lock_beds24_import(p_beds24_import_id uuid)
returns notify.beds24_imports
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_import notify.beds24_imports;
begin
  -- lock
  select i.* into v_import
  from notify.beds24_imports as i
  where i.tenant_id = app.tenant_id() and i.id = p_beds24_import_id and app.sees_property(i.property_id)
  for no key update;
  if not found then
    raise exception 'There is no such booking of Beds24.' using errcode = 'PT404', detail = 'beds24_import_not_found';
  end if;
  return v_import;
end
$$;

comment on function app.lock_beds24_import(uuid) is 'Locks an import of the caller''s properties; any other is not found.';
