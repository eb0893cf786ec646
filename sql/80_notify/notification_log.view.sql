-- notification_log: what was sent to whom, and what became of it.
create or replace view api.notification_log
with (security_invoker = true) as
select n.id, n.event_key, n.channel,
       case when n.channel = 'slack' then n.recipient else app.masked(n.recipient) end as recipient,
       n.template_key, n.language, n.state,
       (n.state = 'unknown' and n.next_lookup_at is null) as needs_a_human,
       n.provider_id, n.send_after, n.attempt_count, n.error_code,
       case when (select app.can('hotel:guests:read')) then n.error_message end as error_message,
       n.property_id, n.booking_id, n.request_id, n.sent_at, n.delivered_at, n.read_at, n.created_at, n.updated_at, n.fallback_of, n.unheard_at
from public.notification_log as n;

comment on view api.notification_log is 'Messages to guests and teams with their state; a guest''s phone is masked, and what a provider said of it is withheld without hotel:guests:read. fallback_of: the first message, which did not arrive. unheard_at: since when a message that is sent is known to be silent. needs_a_human: nobody can find out whether it arrived; replay it or leave it.';
grant select on api.notification_log to staff, admin;
