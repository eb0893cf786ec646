-- notification_attempts: every try of a notification.
create or replace view api.notification_attempts
with (security_invoker = true) as
select a.id, a.notification_id, a.number, a.outcome, a.provider_id, a.error_code,
       case when (select app.can('hotel:guests:read')) then a.error_message end as error_message,
       a.started_at, a.ended_at
from public.notification_attempts as a;

comment on view api.notification_attempts is 'Every try to send a notification, with the provider''s code; its words, which may repeat a guest''s number, only with hotel:guests:read.';
grant select on api.notification_attempts to staff, admin;
