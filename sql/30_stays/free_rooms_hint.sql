-- free_rooms_hint: what to offer instead.
create or replace function app.free_rooms_hint(
  p_property_id uuid,
  p_check_in date,
  p_check_out date,
  p_booking_id uuid
)
returns text
language sql
stable
set search_path = ''
as $$
  select coalesce(
    'Free on these nights: ' || string_agg(
      a.room_type_name || ' ' || array_to_string(a.room_numbers[1:5], ', '), '; ' order by a.room_type_name) || '.',
    'No room is free on all these nights; try other dates.')
  from app.available_rooms(p_property_id, p_check_in, p_check_out, p_booking_id) as a
  where a.sellable > 0
    and cardinality(a.room_ids) > 0
$$;

comment on function app.free_rooms_hint(uuid, date, date, uuid) is 'A sentence naming up to five free rooms of each type, for the hint of a refusal.';
