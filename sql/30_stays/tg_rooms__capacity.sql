-- tg_rooms__capacity: rooms that come, go or change their type change what may be sold.
create or replace function app.tg_rooms__capacity()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  if tg_op = 'UPDATE' and old.room_type_id <> new.room_type_id then
    perform app.count_nights(s.tenant_id, old.room_type_id, s.starts_on, s.ends_on, -1)
    from public.stays as s
    where s.tenant_id = new.tenant_id and s.room_id = new.id and s.released_at is null;
    perform app.count_nights(s.tenant_id, new.room_type_id, s.starts_on, s.ends_on, 1)
    from public.stays as s
    where s.tenant_id = new.tenant_id and s.room_id = new.id and s.released_at is null;
  end if;
  if tg_op <> 'INSERT' then
    perform app.refresh_capacity(old.tenant_id, old.room_type_id);
  end if;
  if tg_op <> 'DELETE' then
    perform app.refresh_capacity(new.tenant_id, new.room_type_id);
  end if;
  return null;
end
$$;

comment on function app.tg_rooms__capacity() is 'Refreshes the capacity of the room types concerned; the stays of a room that changes its type are counted on the new one.';

create or replace trigger rooms__capacity
  after insert or delete or update of room_type_id, is_active on public.rooms
  for each row execute function app.tg_rooms__capacity();
