-- lock_nights: the nights that a change may count on, in order, so that nobody waits in a circle.
create or replace function app.lock_nights(p_tenant_id uuid, p_room_type_ids uuid[], p_from date, p_until date)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  -- shared: many may sell, but capacity stands still meanwhile
  perform from public.room_types as t
  where t.tenant_id = p_tenant_id and t.id = any (p_room_type_ids)
  order by t.id
  for share;

  insert into public.room_type_nights (tenant_id, room_type_id, night, capacity)
  select t.tenant_id, t.id, n, app.room_type_capacity(t.tenant_id, t.id, n)
  from app.nights_between(p_from, p_until) as n
  join public.room_types as t on t.tenant_id = p_tenant_id and t.id = any (p_room_type_ids)
  order by n, t.id
  on conflict (tenant_id, room_type_id, night) do nothing;

  perform from public.room_type_nights as c
  where c.tenant_id = p_tenant_id
    and c.room_type_id = any (p_room_type_ids)
    and c.night >= p_from
    and c.night < greatest(p_until, p_from + 1)
  order by c.night, c.room_type_id
  for no key update;
end
$$;

comment on function app.lock_nights(uuid, uuid[], date, date) is
  'Makes the missing rows of room_type_nights and locks all of [p_from, p_until) in order of night. Commands call it once for everything they will touch, after the rooms.';
