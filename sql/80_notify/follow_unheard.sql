-- follow_unheard: what a provider took and of whose arrival it says nothing.
-- may:      called by run_job
-- refuses:  nothing
-- then:     each is noted once: what cannot wait takes the next way of the ladder, of the rest reception sees whose phone is silent; {led_on, shown}
-- definer because the tick is not bound by row level security, and this is.
create or replace function app.follow_unheard(p_run app.job_runs)
returns jsonb
language plpgsql
volatile
security definer
set search_path = ''
as $$
declare
  c_batch constant integer := 200;
  -- of what is older nobody wants to hear; WhatsApp itself gives up after a while
  c_memory constant interval := interval '3 days';
  v_text_after interval := make_interval(mins => nullif((app.setting(p_run.property_id, 'unheard:text_after_minutes', '15') #>> '{}')::integer, 0));
  v_tell_after interval := make_interval(hours => nullif((app.setting(p_run.property_id, 'unheard:tell_after_hours', '6') #>> '{}')::integer, 0));
  v_row public.notification_log;
  v_led_on integer := 0;
  v_shown integer := 0;
begin
  -- lock: the message, as a callback does; one whose callback is under way is looked at again next time
  for v_row in
    select n.*
    from public.notification_log as n
    where n.tenant_id = app.tenant_id() and n.property_id = p_run.property_id
      and n.state = 'sent' and n.unheard_at is null and n.booking_id is not null and n.channel in ('whatsapp', 'sms')
      and n.sent_at between app.now() - c_memory and app.now() - least(v_text_after, v_tell_after)
      and (n.sent_at <= app.now() - v_tell_after or n.sent_at <= app.now() - v_text_after and app.cannot_wait(n))
    order by n.booking_id, n.id
    limit c_batch
    for no key update skip locked
  loop
    update public.notification_log as n
    set unheard_at = app.now(), updated_at = app.now()
    where n.tenant_id = v_row.tenant_id and n.id = v_row.id;
    if v_text_after is not null and app.cannot_wait(v_row) then
      perform app.fall_back(v_row);
      v_led_on := v_led_on + 1;
    else
      v_shown := v_shown + app.show_silence(v_row)::integer;
    end if;
  end loop;
  return jsonb_build_object('led_on', v_led_on, 'shown', v_shown);
end
$$;

alter function app.follow_unheard(app.job_runs) owner to engine;
comment on function app.follow_unheard(app.job_runs) is
  'Messages to guests that stay sent for longer than the property''s settings unheard:text_after_minutes (what app.cannot_wait says) or unheard:tell_after_hours (the rest); 0 in either: never. A delivery that is told later calls off what still waits and closes the alert.';
revoke all on function app.follow_unheard(app.job_runs) from public, service;
