-- tg_bookings__covered: at commit a booking's dates fit its segments.
-- refuses:  stays_cover_their_booking
-- definer because it runs at commit, when the caller's own role is back, which may not see these tables.
create or replace function app.tg_bookings__covered()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  perform app.stay_must_be_covered(new.tenant_id, new.id);
  return null;
end
$$;

comment on function app.tg_bookings__covered() is 'Asks stay_must_be_covered at commit, for a booking changed by whatever hand.';

drop trigger if exists bookings__covered on public.bookings;
create constraint trigger bookings__covered
  after insert or update of status, checkin_status, room_id, check_in, check_out on public.bookings
  deferrable initially deferred
  for each row execute function app.tg_bookings__covered();
