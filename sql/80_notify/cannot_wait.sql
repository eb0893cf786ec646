-- cannot_wait: whether a guest would miss something before the phone is switched on again.
-- WhatsApp keeps a message for a phone that is off and hands it over later: that is its everyday, and a text message
-- for each would be a nuisance. It is worth one where the hour passes while the message waits: the driver is at the
-- door, what the guest counts on will not come, a code to sign in with dies, or it is about work that is urgent and
-- still under way. An acknowledgement, a receipt, a menu, a question about cleaning or how the stay was can all wait,
-- and what arrives later says what they said.
create or replace function app.cannot_wait(p_row public.notification_log)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_row.event_key = 'request_cancelled'
    or exists (
      select from notify.templates as t
      where t.tenant_id = p_row.tenant_id and t.key = p_row.template_key and t.category = 'authentication')
    or p_row.request_id is not null and exists (
      select from portal.requests as r
      where r.tenant_id = p_row.tenant_id and r.id = p_row.request_id and r.phase <> 'closed'
        and (p_row.event_key = 'driver_assigned' or 'urgent' in (r.priority, coalesce(r.severity, r.priority))));
end
$$;

comment on function app.cannot_wait(public.notification_log) is
  'True for request_cancelled, a code to sign in with, and, while their request is under way, driver_assigned and whatever is about an urgent one.';
