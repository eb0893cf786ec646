-- tg_rooms__status_log: what a room was, what it became, who and when.
create or replace function app.tg_rooms__status_log()
returns trigger
language plpgsql
volatile
set search_path = ''
as $$
begin
  insert into public.room_status_log (tenant_id, room_id, axis, previous_status, new_status, changed_by, changed_at)
  select new.tenant_id, new.id, a.axis, a.was, a.is_now, app.actor_id(), app.now()
  from (values ('cleanliness', old.cleanliness, new.cleanliness),
               ('occupancy', old.occupancy, new.occupancy),
               ('service_status', old.service_status, new.service_status)) as a (axis, was, is_now)
  where a.was is distinct from a.is_now;
  return null;
end
$$;

comment on function app.tg_rooms__status_log() is 'Logs each of a room''s axes that changed, by whatever hand.';

create or replace trigger rooms__status_log
  after update of cleanliness, occupancy, service_status on public.rooms
  for each row execute function app.tg_rooms__status_log();
