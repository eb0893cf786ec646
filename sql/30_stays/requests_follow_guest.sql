-- requests_follow_guest: what a guest still waits for is brought to the new room.
create or replace function app.requests_follow_guest(p_booking_id uuid, p_room_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_left record;
  v_request portal.requests;
begin
  -- lock
  perform from portal.requests as r
  where r.tenant_id = app.tenant_id() and r.booking_id = p_booking_id and r.phase <> 'closed'
  order by r.id
  for no key update;

  for v_left in
    select r.tenant_id, r.id, m.room_number
    from portal.requests as r
    left join public.rooms as m on m.tenant_id = r.tenant_id and m.id = r.room_id
    where r.tenant_id = app.tenant_id()
      and r.booking_id = p_booking_id
      and r.phase <> 'closed'
      and r.room_id is distinct from p_room_id
      and not (r.type_slug in ('maintenance', 'cleaning') and r.room_id is not null)
    order by r.id
  loop
    update portal.requests as r
    set room_id = p_room_id, updated_at = app.now()
    where r.tenant_id = v_left.tenant_id and r.id = v_left.id
    returning r.* into v_request;
    -- the alarm that waits names the room that was left, and so does what the team has read
    perform app.withdraw_alarm(v_request.id);
    perform app.set_alarm(v_request, v_request.id || ':' || app.new_id());
    perform app.renew_cards(v_request);
    if v_request.phase in ('active', 'waiting') and v_left.room_number is not null then
      perform app.notify_team(v_request.property_id, t.team_key, 'request_moved', jsonb_build_object('moved_from', v_left.room_number),
                              v_request.id, format('request_moved:%s:%s', v_request.id, app.new_id()))
      from portal.request_types as t
      where t.tenant_id = v_request.tenant_id and t.id = v_request.request_type_id;
    end if;
  end loop;
end
$$;

comment on function app.requests_follow_guest(uuid, uuid) is
  'Puts the booking''s open requests on the room, their alarms, and the teams'' Slack cards; of what is under way the team hears that its guest has moved. A repair and a cleaning stay with the room that needs them.';
