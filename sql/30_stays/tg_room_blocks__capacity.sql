-- tg_room_blocks__capacity: a room out of order leaves inventory, and returns when released.
create or replace function app.tg_room_blocks__capacity()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if tg_op <> 'INSERT' then
    perform app.refresh_capacity(r.tenant_id, r.room_type_id)
    from public.rooms as r where r.tenant_id = old.tenant_id and r.id = old.room_id;
  end if;
  if tg_op = 'INSERT' or (tg_op = 'UPDATE' and new.room_id <> old.room_id) then
    perform app.refresh_capacity(r.tenant_id, r.room_type_id)
    from public.rooms as r where r.tenant_id = new.tenant_id and r.id = new.room_id;
  end if;
  return null;
end
$$;

comment on function app.tg_room_blocks__capacity() is 'Refreshes the capacity of the room type whose room was blocked or released.';

create or replace trigger room_blocks__capacity
  after insert or update or delete on public.room_blocks
  for each row execute function app.tg_room_blocks__capacity();
