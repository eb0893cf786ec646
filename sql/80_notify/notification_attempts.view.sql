-- notification_attempts: every try of a notification.
create or replace view api.notification_attempts
with (security_invoker = true) as
select a.id, a.notification_id, a.number, a.outcome, a.provider_id, a.error_code, a.error_message, a.started_at, a.ended_at
from public.notification_attempts as a;

comment on view api.notification_attempts is 'Every try to send a notification, with what the provider answered.';
grant select on api.notification_attempts to staff, admin;
