-- tg_stays__cover_booking: at commit the segments fit their booking.
-- refuses:  stays_cover_their_booking
-- definer because it runs at commit, when the caller's own role is back, which may not see these tables.
create or replace function app.tg_stays__cover_booking()
returns trigger
language plpgsql
volatile
security definer
set search_path = ''
as $$
begin
  if tg_op <> 'INSERT' then
    perform app.stay_must_be_covered(old.tenant_id, old.booking_id);
  end if;
  if tg_op <> 'DELETE' then
    perform app.stay_must_be_covered(new.tenant_id, new.booking_id);
  end if;
  return null;
end
$$;

comment on function app.tg_stays__cover_booking() is 'Asks stay_must_be_covered at commit, for a segment changed by whatever hand.';

drop trigger if exists stays__cover_booking on public.stays;
create constraint trigger stays__cover_booking
  after insert or update or delete on public.stays
  deferrable initially deferred
  for each row execute function app.tg_stays__cover_booking();
