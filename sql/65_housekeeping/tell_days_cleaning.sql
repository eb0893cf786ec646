-- tell_days_cleaning: housekeeping hears the day's list in one message, not in one for each room.
create or replace function app.tell_days_cleaning(p_property public.properties, p_on date)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_rooms text[];
begin
  select array_agg(m.room_number order by m.room_number) into v_rooms
  from housekeeping.daily_cron_log as d
  join portal.requests as r on r.tenant_id = d.tenant_id and r.id = d.request_id
  join public.rooms as m on m.tenant_id = r.tenant_id and m.id = r.room_id
  where d.tenant_id = p_property.tenant_id and d.property_id = p_property.id and d.on_date = p_on and d.decision = 'planned';
  if v_rooms is not null then
    perform app.notify_team(
      p_property.id, 'housekeeping', 'daily_cleaning_planned',
      jsonb_build_object('count', cardinality(v_rooms), 'rooms', left(array_to_string(v_rooms, ', '), 1500)), null,
      format('daily_cleaning:%s:%s', p_property.id, p_on));
  end if;
end
$$;

comment on function app.tell_days_cleaning(public.properties, date) is 'One Slack message a property and day with the rooms to clean; none where there are none.';
