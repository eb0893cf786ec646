-- withdraw_alarm: nobody is told any more of the time of a request that is over.
-- may:      called by follow_action
-- refuses:  nothing
-- then:     its alarm, while it waits, does not leave
create or replace function app.withdraw_alarm(p_request_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.notification_log as n set state = 'cancelled', updated_at = app.now()
  where n.tenant_id = app.tenant_id() and n.request_id = p_request_id and n.event_key = 'request_due' and n.state = 'queued';
end
$$;

comment on function app.withdraw_alarm(uuid) is 'Cancels the waiting message request_due of a request.';
