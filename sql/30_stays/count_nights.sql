-- count_nights: one room more or less is sold on each of these nights.
-- refuses:  room_type_is_not_oversold
create or replace function app.count_nights(p_tenant_id uuid, p_room_type_id uuid, p_from date, p_until date, p_delta integer)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_today date;
  v_full record;
begin
  select app.today_in(p.time_zone) into v_today
  from public.room_types as t
  join public.properties as p on p.tenant_id = t.tenant_id and p.id = t.property_id
  where t.tenant_id = p_tenant_id and t.id = p_room_type_id;

  perform app.lock_nights(p_tenant_id, array[p_room_type_id], p_from, p_until);

  with counted as (
    update public.room_type_nights as c
    set sold = c.sold + p_delta,
        capacity = greatest(c.sold + p_delta, app.room_type_capacity(c.tenant_id, c.room_type_id, c.night))
    where c.tenant_id = p_tenant_id
      and c.room_type_id = p_room_type_id
      and c.night >= p_from
      and c.night < greatest(p_until, p_from + 1)
    returning c.night, c.sold, app.room_type_capacity(c.tenant_id, c.room_type_id, c.night) as rooms
  )
  select min(n.night) as night into v_full
  from counted as n
  where p_delta > 0 and n.night >= v_today and n.sold > n.rooms;

  if v_full.night is not null then
    raise exception 'The room type is sold out on %.', app.printed(v_full.night)
      using errcode = 'PT409', detail = 'room_type_is_not_oversold',
            hint = 'Pick another room type or other dates.';
  end if;
end
$$;

comment on function app.count_nights(uuid, uuid, date, date, integer) is
  'Adds p_delta to what is sold on each night. From today on no more is sold than there are rooms; a night that has passed is a fact (a guest who left late) and is counted, not refused. Capacity is taken afresh and never falls below what is sold: a room that goes out of order after the sale does not unsell it.';
