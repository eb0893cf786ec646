-- book_beds24_stay: a stay that Beds24 sold is noted, held or confirmed.
-- may:      called by follow_beds24_booking
-- refuses:  beds24_room_unknown, and what create_booking and confirm_booking refuse
-- then:     the booking carries Beds24's number; confirmed, its guest gets the code
create or replace function app.book_beds24_stay(p_import notify.beds24_imports, p_property public.properties, p_stay jsonb)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_place record := app.beds24_place(p_import.connection_id, p_stay);
  v_id uuid;
begin
  -- one that Beds24 had cancelled gives its number away
  update public.bookings as b
  set beds24_booking_id = null
  where b.tenant_id = app.tenant_id() and b.beds24_booking_id = p_import.beds24_booking_id;

  v_id := (api.create_booking(jsonb_strip_nulls(jsonb_build_object(
    'property_id', p_property.id, 'room_type_id', v_place.room_type_id, 'room_id', v_place.room_id,
    'guest', p_stay -> 'guest', 'check_in', p_stay ->> 'arrives_on', 'check_out', p_stay ->> 'leaves_on',
    'adults', p_stay -> 'adults', 'children', p_stay -> 'children',
    'status', case p_stay ->> 'status' when 'request' then 'pending' else 'draft' end,
    'channel', p_stay ->> 'channel', 'special_requests', p_stay ->> 'wishes', 'total_price', p_stay -> 'price'))) ->> 'id')::uuid;
  update public.bookings as b
  set beds24_booking_id = p_import.beds24_booking_id
  where b.tenant_id = app.tenant_id() and b.id = v_id;
  update notify.beds24_imports as i set booking_id = v_id where i.tenant_id = app.tenant_id() and i.id = p_import.id;

  if p_stay ->> 'status' = 'confirmed' then
    perform api.confirm_booking(v_id, v_place.room_id);
    if (p_stay ->> 'is_no_show')::boolean then
      perform app.note_no_show(app.lock_booking(v_id));
    end if;
  end if;
end
$$;

comment on function app.book_beds24_stay(notify.beds24_imports, public.properties, jsonb) is
  'By create_booking and confirm_booking, so that availability is asked in the one place: a draft and an inquiry hold nothing.';
