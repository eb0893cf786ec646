-- available_rooms: the one answer to "what is free": desk, kiosk, channel and import all ask here.
create or replace function app.available_rooms(
  p_property_id uuid,
  p_check_in date,
  p_check_out date,
  p_booking_id uuid default null
)
returns table (room_type_id uuid, room_type_name text, sellable integer, room_ids uuid[], room_numbers text[])
language sql
stable
set search_path = ''
as $$
  select t.id, t.name, coalesce(nights.sellable, free.count), free.ids, free.numbers
  from public.room_types as t
  cross join lateral (
    select count(*)::integer as count,
           coalesce(array_agg(r.id order by r.occupancy desc, r.cleanliness in ('dirty', 'pickup'), r.room_number), '{}') as ids,
           coalesce(array_agg(r.room_number order by r.occupancy desc, r.cleanliness in ('dirty', 'pickup'), r.room_number), '{}') as numbers
    from public.rooms as r
    where r.tenant_id = t.tenant_id
      and r.room_type_id = t.id
      and r.is_active
      and not exists (
        select from public.stays as s
        where s.tenant_id = r.tenant_id
          and s.room_id = r.id
          and s.released_at is null
          and s.booking_id is distinct from p_booking_id
          and s.slots operator(pg_catalog.&&) app.stay_slots(p_check_in, p_check_out))
      and not exists (
        select from public.room_blocks as k
        where k.tenant_id = r.tenant_id
          and k.room_id = r.id
          and k.kind = 'out_of_order'
          and k.released_at is null
          and k.starts_on < greatest(p_check_out, p_check_in + 1)
          and k.ends_on > p_check_in)
  ) as free
  cross join lateral (
    select greatest(0, min(
      app.room_type_capacity(t.tenant_id, t.id, n)
      - coalesce((select c.sold from public.room_type_nights as c
                  where c.tenant_id = t.tenant_id and c.room_type_id = t.id and c.night = n), 0)
      + (select count(*)::integer from app.booking_claims(p_booking_id) as own
         where own.room_type_id = t.id and own.night = n))) as sellable
    from app.nights_between(p_check_in, p_check_out) as n
    where n >= app.today(t.property_id)
  ) as nights
  where t.tenant_id = app.tenant_id()
    and t.property_id = p_property_id
$$;

comment on function app.available_rooms(uuid, date, date, uuid) is
  'Per room type: how many may still be sold over [p_check_in, p_check_out), and which rooms are free throughout, ready ones first. Assigned rooms, bookings with a type only, pending holds and out-of-order rooms are subtracted; what p_booking_id itself holds is not. Nights that have passed do not limit. Exact while lock_nights holds the nights.';
