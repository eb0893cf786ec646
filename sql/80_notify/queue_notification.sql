-- queue_notification: one row in the outbox, in the transaction of its cause.
-- may:      called by commands
-- refuses:  nothing
-- then:     the worker sends it; the same event twice is one row
-- plpgsql, which keeps its plan: a function in plain sql is planned anew in every transaction.
create or replace function app.queue_notification(
  p_channel text,
  p_event_key text,
  p_recipient text,
  p_dedupe_key text,
  p_variables jsonb default '{}',
  p_template_key text default null,
  p_language text default 'en',
  p_property_id uuid default null,
  p_booking_id uuid default null,
  p_request_id uuid default null,
  p_send_after timestamptz default null,
  p_suppressed_because text default null,
  p_fallback_of uuid default null
)
returns void
language plpgsql
volatile
set search_path = ''
as $$
declare
  v_move jsonb := nullif(current_setting('app.move', true), '')::jsonb;
begin
  insert into public.notification_log (
    tenant_id, event_key, channel, recipient, template_key, language, variables, dedupe_key,
    state, error_code, send_after, property_id, booking_id, request_id, move_id, fallback_of, is_answer, created_at, updated_at)
  values (
    app.tenant_id(), p_event_key, p_channel, p_recipient, p_template_key, p_language, p_variables, p_dedupe_key,
    case when p_suppressed_because is null then 'queued' else 'suppressed' end, p_suppressed_because,
    greatest(coalesce(p_send_after, app.now()), case when p_channel <> 'slack' then (v_move ->> 'undo_until')::timestamptz end),
    p_property_id, p_booking_id, p_request_id, (v_move ->> 'id')::uuid, p_fallback_of,
    p_channel <> 'slack' and coalesce(current_setting('app.answering', true), '') <> '', app.now(), app.now())
  on conflict (tenant_id, dedupe_key) do nothing;
end
$$;

comment on function app.queue_notification(text, text, text, text, jsonb, text, text, uuid, uuid, uuid, timestamptz, text, uuid) is
  'Queues a message of the transaction''s tenant. With p_suppressed_because the row only records why nothing leaves. What a guest is told of a member''s action waits until it can no longer be undone; Slack hears at once. What is queued while a guest''s message is being answered is a direct answer. p_fallback_of: the first message that did not arrive.';
