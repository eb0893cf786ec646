-- rooms_on_offer: the rooms of a type that a booking could have instead of its own for the rest of the stay.
create or replace function app.rooms_on_offer(p_booking public.bookings, p_room_type_id uuid)
returns table (room_id uuid, room_number text, place bigint)
language sql
stable
set search_path = ''
as $$
  select f.id, f.number, f.place
  from app.available_rooms(
         p_booking.property_id,
         case when p_booking.checkin_status = 'CHECKED_IN' then greatest(app.today(p_booking.property_id), p_booking.check_in)
              else p_booking.check_in end,
         p_booking.check_out, p_booking.id) as a,
       unnest(a.room_ids, a.room_numbers) with ordinality as f (id, number, place)
  where a.room_type_id = p_room_type_id and a.sellable > 0 and f.id is distinct from p_booking.room_id
$$;

comment on function app.rooms_on_offer(public.bookings, uuid) is 'Free for all nights left, by place: those that stand ready first. None where the type is sold out.';
