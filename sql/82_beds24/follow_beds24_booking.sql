-- follow_beds24_booking: from the version carried out last to this one.
-- may:      called by take_beds24_booking
-- refuses:  what the commands refuse
-- then:     new, inquiry: a draft; request: pending; confirmed: confirmed; cancelled: cancelled with what follows; black: the room is closed
create or replace function app.follow_beds24_booking(p_import notify.beds24_imports, p_property public.properties, p_stay jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_booking public.bookings;
  v_is_over boolean := (p_stay ->> 'leaves_on')::date < app.today(p_property.id);
begin
  if p_import.booking_id is not null then
    v_booking := app.lock_booking(p_import.booking_id);
  end if;

  if p_stay ->> 'status' = 'black' then
    perform app.cancel_beds24_booking(v_booking);
    if not v_is_over then
      perform app.close_beds24_room(p_import, p_property.id, p_stay);
    end if;
    return;
  end if;
  perform app.open_beds24_room(p_import);

  if p_stay ->> 'status' = 'cancelled' then
    perform app.cancel_beds24_booking(v_booking);
  elsif v_booking.id is null or (v_booking.status = 'cancelled' and p_import.taken ->> 'status' in ('cancelled', 'black')) then
    -- never seen, or taken up again after Beds24 itself had cancelled it
    if not v_is_over then
      perform app.book_beds24_stay(p_import, p_property, p_stay);
    end if;
  else
    perform app.change_beds24_stay(p_import, v_booking, p_stay);
  end if;
end
$$;

comment on function app.follow_beds24_booking(notify.beds24_imports, public.properties, jsonb) is
  'What is over when it is first seen is left alone. A booking that was cancelled at Beds24 and is taken up again there becomes a new one here: the old one stays what it was.';
