-- tg_bookings__requests_end: whoever ends a booking, and however, its requests end with it.
create or replace function app.tg_bookings__requests_end()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if app.tenant_id() is distinct from new.tenant_id then
    perform app.set_caller(new.tenant_id);
  end if;
  if new.status = 'cancelled' then
    perform app.end_requests_of_booking(new.id, 'cancel', coalesce(new.cancel_reason, 'The booking was cancelled.'));
  else
    perform app.end_requests_of_booking(new.id, 'expire', 'guest_never_came');
  end if;
  return null;
end
$$;

comment on function app.tg_bookings__requests_end() is 'A cancelled booking cancels its open requests, a no-show lets them expire, in the same transaction.';

create or replace trigger bookings__requests_end
  after update of status on public.bookings
  for each row when (new.status in ('cancelled', 'no_show') and old.status not in ('cancelled', 'no_show'))
  execute function app.tg_bookings__requests_end();
