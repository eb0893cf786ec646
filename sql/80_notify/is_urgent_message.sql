-- is_urgent_message: what a guest wants to hear at night too.
create or replace function app.is_urgent_message(p_row public.notification_log, p_category text)
returns boolean
language plpgsql
stable
set search_path = ''
as $$
begin
  return p_row.is_answer or p_category = 'authentication' or p_row.event_key = 'request_received'
    or p_row.request_id is not null and exists (
      select from portal.requests as r
      where r.tenant_id = p_row.tenant_id and r.id = p_row.request_id and 'urgent' in (r.priority, coalesce(r.severity, r.priority)));
end
$$;

comment on function app.is_urgent_message(public.notification_log, text) is
  'True for a direct answer, an acknowledgement of what the guest just sent, a code to sign in with, and whatever is about an urgent request.';
