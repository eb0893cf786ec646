-- room_type_capacity: how many rooms of a type may be sold for a night.
create or replace function app.room_type_capacity(p_tenant_id uuid, p_room_type_id uuid, p_night date)
returns integer
language sql
stable
set search_path = ''
as $$
  select t.overbooking_allowance + (
    select count(*)::integer
    from public.rooms as r
    where r.tenant_id = t.tenant_id
      and r.room_type_id = t.id
      and r.is_active
      and not exists (
        select from public.room_blocks as k
        where k.tenant_id = r.tenant_id
          and k.room_id = r.id
          and k.kind = 'out_of_order'
          and k.released_at is null
          and k.starts_on <= p_night
          and k.ends_on > p_night))
  from public.room_types as t
  where t.tenant_id = p_tenant_id
    and t.id = p_room_type_id
$$;

comment on function app.room_type_capacity(uuid, uuid, date) is 'Active rooms of the type that are not out of order that night, plus the authorised allowance.';
