-- tg_bookings__checkin_status: a guest arrives once and leaves once.
-- refuses:  checkin_status_only_moves_forward
create or replace function app.tg_bookings__checkin_status()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if (old.checkin_status, new.checkin_status) not in (('PENDING', 'CHECKED_IN'), ('CHECKED_IN', 'CHECKED_OUT'))
     and old.checkin_status <> new.checkin_status then
    raise exception 'A booking does not go from % to %.', app.printed(old.checkin_status), app.printed(new.checkin_status)
      using errcode = 'PT409', detail = 'checkin_status_only_moves_forward',
            hint = 'Use check_in_guest and check_out_guest.';
  end if;
  return new;
end
$$;

comment on function app.tg_bookings__checkin_status() is 'Holds PENDING, CHECKED_IN, CHECKED_OUT in this order against any update.';

create or replace trigger bookings__checkin_status
  before update of checkin_status on public.bookings
  for each row execute function app.tg_bookings__checkin_status();
