-- lock_kiosk: the kiosk a command is about, held until it ends.
-- refuses:  kiosk_not_found
create or replace function app.lock_kiosk(p_kiosk_id uuid)
returns kiosk.kiosks
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_kiosk kiosk.kiosks;
begin
  select k.* into v_kiosk
  from kiosk.kiosks as k
  where k.tenant_id = app.tenant_id() and k.id = p_kiosk_id and app.sees_property(k.property_id)
  for no key update;
  if not found then
    raise exception 'There is no such kiosk.' using errcode = 'PT404', detail = 'kiosk_not_found';
  end if;
  return v_kiosk;
end
$$;

comment on function app.lock_kiosk(uuid) is 'A kiosk of a property the caller works at, locked.';
