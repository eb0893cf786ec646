-- rooms_for_wish: which rooms a wish for another room could be granted with.
create or replace function app.rooms_for_wish(p_request portal.requests)
returns jsonb
language sql
stable
set search_path = ''
as $$
  select coalesce(jsonb_agg(jsonb_build_object('key', o.room_id, 'label', o.room_number) order by o.place), '[]')
  from public.bookings as b
  left join public.rooms as r on r.tenant_id = b.tenant_id and r.id = b.room_id
  join public.room_types as t
    on t.tenant_id = b.tenant_id and t.property_id = b.property_id
   and case when p_request.details ? 'room_type' then t.code = p_request.details ->> 'room_type'
            else t.id = coalesce(r.room_type_id, b.room_type_id) end
  cross join lateral app.rooms_on_offer(b, t.id) as o
  where b.tenant_id = p_request.tenant_id and b.id = p_request.booking_id
$$;

comment on function app.rooms_for_wish(portal.requests) is '[{key: room id, label: room number}] of the type wished, else of the guest''s own, as they are free now; the first is taken where nobody chooses.';
