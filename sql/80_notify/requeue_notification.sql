-- requeue_notification: a settled message is sent again, on a human's decision.
-- may:      called by replay_notification, retry_dead and send_folio, with the row locked
-- refuses:  nothing
-- then:     it is queued with a new attempt and a fresh count of failures; its alert is closed
create or replace function app.requeue_notification(p_tenant_id uuid, p_id uuid)
returns void
language plpgsql
volatile
set search_path = ''
as $$
begin
  update public.notification_log as n
  set state = 'queued', fence = n.fence + 1, send_after = app.now(), provider_id = null, failure_count = 0,
      sent_at = null, unheard_at = null, next_lookup_at = null, is_resent = false, error_code = null, error_message = null, updated_at = app.now()
  where n.tenant_id = p_tenant_id and n.id = p_id;
  perform app.resolve_alert(p_tenant_id, 'notification:' || p_id);
  perform app.wake('outbox');
end
$$;

comment on function app.requeue_notification(uuid, uuid) is 'Queues a message that is dead, failed or unknown anew.';
