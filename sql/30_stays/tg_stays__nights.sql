-- tg_stays__nights: a room given is counted on its nights, as a room of its own type.
-- refuses:  room_type_is_not_oversold
create or replace function app.tg_stays__nights()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_held boolean := tg_op <> 'INSERT' and old.released_at is null;
  v_holds boolean := tg_op <> 'DELETE' and new.released_at is null;
begin
  if v_held and v_holds
     and (old.room_id, old.starts_on, old.ends_on) = (new.room_id, new.starts_on, new.ends_on) then
    return null;
  end if;
  if v_held then
    perform app.count_nights(old.tenant_id, r.room_type_id, old.starts_on, old.ends_on, -1)
    from public.rooms as r where r.tenant_id = old.tenant_id and r.id = old.room_id;
  end if;
  if v_holds then
    perform app.count_nights(new.tenant_id, r.room_type_id, new.starts_on, new.ends_on, 1)
    from public.rooms as r where r.tenant_id = new.tenant_id and r.id = new.room_id;
  end if;
  return null;
end
$$;

comment on function app.tg_stays__nights() is 'Keeps room_type_nights.sold true to the rooms given, by whatever hand they change. An upgrade counts on the type of the room, not of the booking.';

create or replace trigger stays__nights
  after insert or delete or update of room_id, starts_on, ends_on, released_at on public.stays
  for each row execute function app.tg_stays__nights();
