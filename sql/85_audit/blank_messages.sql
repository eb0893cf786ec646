-- blank_messages: the ledger keeps that a message left, not to whom nor what it said.
-- may:      called by make_guest_nobody and forget_messages
-- refuses:  nothing
-- then:     what still waits is cancelled
create or replace function app.blank_messages(p_notification_ids uuid[])
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.notification_attempts as a
  set error_message = null
  where a.tenant_id = app.tenant_id() and a.notification_id = any (p_notification_ids) and a.error_message is not null;
  update public.notification_log as n
  set recipient = case when n.channel = 'slack' or n.recipient is null then n.recipient else '•••' end,
      variables = '{}', error_message = null, updated_at = app.now(),
      state = case when n.state in ('queued', 'unknown') then 'cancelled' else n.state end,
      next_lookup_at = case when n.state <> 'unknown' then n.next_lookup_at end
  where n.tenant_id = app.tenant_id() and n.id = any (p_notification_ids);
end
$$;

comment on function app.blank_messages(uuid[]) is 'Takes recipient, variables and the provider''s words out of notifications; state, times and the provider''s id stay.';
