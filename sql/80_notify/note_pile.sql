-- note_pile: not one message but an address is what fails.
-- may:      called by mark_failed
-- refuses:  nothing
-- then:     one alert from the third message on that an address did not get within a day, until one is taken
create or replace function app.note_pile(p_tenant_id uuid, p_property_id uuid, p_channel text, p_recipient text, p_booking_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_key text := app.pile_key(p_channel, p_recipient, p_booking_id);
begin
  if v_key is not null and (select count(*) from (
        select from public.notification_log as n
        where n.tenant_id = p_tenant_id and n.channel = p_channel and n.recipient = p_recipient and n.state = 'dead'
          and n.updated_at > app.now() - interval '1 day'
        limit 3) as d) = 3 then
    perform app.raise_alert(
      p_tenant_id, p_property_id, 'notifications_pile_up', 'high',
      format('Several %s messages to the same address could not be sent. Mend what stops them, then send them again.', p_channel),
      jsonb_strip_nulls(jsonb_build_object('channel', p_channel, 'slack_channel', case when p_channel = 'slack' then p_recipient end)),
      v_key);
  end if;
end
$$;

comment on function app.note_pile(uuid, uuid, text, text, uuid) is 'Counts what is dead of an address. The alert names Slack channels, of guests no address. Worker only.';
revoke all on function app.note_pile(uuid, uuid, text, text, uuid) from public, engine;
