-- tg_bookings__departure_cleaning: whoever checks a guest out, and however, the room is on housekeeping's list.
create or replace function app.tg_bookings__departure_cleaning()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if app.tenant_id() is distinct from new.tenant_id then
    perform app.set_caller(new.tenant_id);
  end if;
  perform app.add_departure_cleaning(new.property_id, new.room_id);
  return null;
end
$$;

comment on function app.tg_bookings__departure_cleaning() is 'Adds the departure cleaning in the transaction of the check-out.';

create or replace trigger bookings__departure_cleaning
  after update of checkin_status on public.bookings
  for each row when (new.checkin_status = 'CHECKED_OUT' and old.checkin_status <> 'CHECKED_OUT')
  execute function app.tg_bookings__departure_cleaning();
