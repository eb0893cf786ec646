-- tg_room_types__capacity: a changed overbooking allowance changes what may be sold.
create or replace function app.tg_room_types__capacity()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  perform app.refresh_capacity(new.tenant_id, new.id);
  return null;
end
$$;

comment on function app.tg_room_types__capacity() is 'Refreshes the capacity of the room type''s nights.';

create or replace trigger room_types__capacity
  after update of overbooking_allowance on public.room_types
  for each row execute function app.tg_room_types__capacity();
