-- tg_bookings__guest_is_not_erased: nothing is booked or asked for a person who was made nobody.
-- refuses:  guest_is_erased
create or replace function app.tg_bookings__guest_is_not_erased()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  -- lock: whoever erases the guest waits for this row, or this row for them
  perform from public.guests as g
  where g.tenant_id = new.tenant_id and g.id = new.guest_id and g.erased_at is null
  for key share;
  if not found and exists (select from public.guests as g where g.tenant_id = new.tenant_id and g.id = new.guest_id) then
    raise exception 'This guest was erased.'
      using errcode = 'PT409', detail = 'guest_is_erased', hint = 'Make a booking for a new guest.';
  end if;
  return new;
end
$$;

comment on function app.tg_bookings__guest_is_not_erased() is 'Refuses a booking or request for an erased guest, also for one who is being erased at this moment.';

create or replace trigger bookings__guest_is_not_erased
  before insert or update of guest_id on public.bookings
  for each row execute function app.tg_bookings__guest_is_not_erased();

create or replace trigger requests__guest_is_not_erased
  before insert on portal.requests
  for each row when (new.guest_id is not null)
  execute function app.tg_bookings__guest_is_not_erased();
