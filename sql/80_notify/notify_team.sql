-- notify_team: a Slack message to a team of a property.
-- may:      called by commands
-- refuses:  nothing
-- then:     one queued row; for a team without a channel a suppressed one, and an alert; where no workspace is the hotel's a suppressed one
create or replace function app.notify_team(
  p_property_id uuid,
  p_team_key text,
  p_event_key text,
  p_variables jsonb,
  p_request_id uuid,
  p_dedupe text,
  p_booking_id uuid default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_channel text;
  v_property record;
  v_booking record;
begin
  -- which channel: the property's own team first
  select t.slack_channel into v_channel
  from notify.teams as t
  where t.tenant_id = app.tenant_id() and t.key = p_team_key
    and (t.property_id = p_property_id or t.property_id is null) and t.slack_channel is not null
  order by t.property_id is null
  limit 1;

  -- what is said of whom
  select p.code, p.name, p.default_language, p.time_zone into v_property
  from public.properties as p
  where p.tenant_id = app.tenant_id() and p.id = p_property_id;

  select b.id, b.guest_name, m.room_number into v_booking
  from (select app.tenant_id() as tenant_id) as t
  left join portal.requests as r on r.tenant_id = t.tenant_id and r.id = p_request_id
  left join public.bookings as b on b.tenant_id = t.tenant_id and b.id = coalesce(r.booking_id, p_booking_id)
  left join public.rooms as m on m.tenant_id = t.tenant_id and m.id = coalesce(r.room_id, b.room_id);

  -- queue
  perform app.queue_notification(
    'slack', p_event_key, v_channel, format('team:%s:%s', p_team_key, p_dedupe),
    jsonb_strip_nulls(jsonb_build_object(
      'property_code', v_property.code, 'property_name', v_property.name, 'guest_name', v_booking.guest_name,
      'room_number', v_booking.room_number, 'team', p_team_key))
      || app.message_variables(p_request_id, p_variables, v_property.default_language, v_property.time_zone)
      || jsonb_strip_nulls(jsonb_build_object(
           'request_id', p_request_id, 'actions', app.card_actions(p_request_id, v_property.default_language))),
    null, v_property.default_language, p_property_id, v_booking.id, p_request_id, null,
    case when v_channel is null then 'team_has_no_channel' when app.has_no_slack() then 'slack_not_connected' end);

  if v_channel is null then
    perform app.raise_alert(
      app.tenant_id(), p_property_id, 'team_has_no_channel', 'high',
      format('Team %s at %s hears nothing: it has no Slack channel.', p_team_key, v_property.code),
      jsonb_build_object('team', p_team_key), format('team_has_no_channel:%s:%s', p_property_id, p_team_key));
  end if;
end
$$;

comment on function app.notify_team(uuid, text, text, jsonb, uuid, text, uuid) is
  'Queues a Slack message to the property''s team. Room, guest, what, lines and number are filled in from the request, or room and guest from the booking where there is none; p_variables win, and what can be pressed. p_dedupe names the event.';
