-- tg_bookings__nights: a booking that holds a type but no room yet is counted on its nights.
-- refuses:  room_type_is_not_oversold
create or replace function app.tg_bookings__nights()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_held boolean := tg_op <> 'INSERT' and old.room_id is null and (old.status in ('pending', 'confirmed') or old.keeps_nights);
  v_holds boolean := tg_op <> 'DELETE' and new.room_id is null and (new.status in ('pending', 'confirmed') or new.keeps_nights);
begin
  if v_held and v_holds
     and (old.room_type_id, old.check_in, old.check_out) = (new.room_type_id, new.check_in, new.check_out) then
    return null;
  end if;
  if v_held then
    perform app.count_nights(old.tenant_id, old.room_type_id, old.check_in, old.check_out, -1);
  end if;
  if v_holds then
    perform app.count_nights(new.tenant_id, new.room_type_id, new.check_in, new.check_out, 1);
  end if;
  return null;
end
$$;

comment on function app.tg_bookings__nights() is 'Keeps room_type_nights.sold true to bookings without a room, by whatever hand they change. With a room, the stays count.';

create or replace trigger bookings__nights
  after insert or delete or update of status, keeps_nights, room_id, room_type_id, check_in, check_out on public.bookings
  for each row execute function app.tg_bookings__nights();
