-- ask_for_feedback: a day after a guest has left they are asked how it was.
-- may:      called by the tick
-- refuses:  nothing
-- then:     one message for each stay that ended a day ago and has not been marked
create or replace function app.ask_for_feedback(p_run app.job_runs)
returns jsonb
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_booking_id uuid;
  v_asked integer := 0;
begin
  if not 'feedback' = any (app.open_features(p_run.property_id, 'post_checkout')) then
    return jsonb_build_object('asked', 0);
  end if;
  for v_booking_id in
    select b.id
    from public.bookings as b
    where b.tenant_id = p_run.tenant_id and b.property_id = p_run.property_id
      and b.checkin_status = 'CHECKED_OUT'
      and b.checked_out_at between app.now() - interval '72 hours' and app.now() - interval '24 hours'
      and not exists (select from portal.feedback as f where f.tenant_id = b.tenant_id and f.booking_id = b.id and f.request_id is null)
      and not exists (select from public.notification_log as n
                      where n.tenant_id = b.tenant_id and n.dedupe_key = 'guest:feedback_request:' || b.id)
    order by b.checked_out_at, b.id
  loop
    perform app.notify_guest(v_booking_id, 'feedback_request', '{}', null, 'feedback_request:' || v_booking_id);
    v_asked := v_asked + 1;
  end loop;
  return jsonb_build_object('asked', v_asked);
end
$$;

comment on function app.ask_for_feedback(app.job_runs) is
  'Queues feedback_request to guests who left between one and three days ago, once each; who has marked the stay already is not asked, and nobody where no feedback is taken. Answers {asked}.';
