/* pgmigrate-encoding: utf-8 */
-- A message that the provider took and of which nothing more was heard: it is noted once, and led on or shown.

alter table public.notification_log add column unheard_at timestamptz;
comment on column public.notification_log.unheard_at is 'When it was noted that the provider had said nothing of its arrival for too long: it took the next way, or reception was shown it. Null: not noted.';
-- squawk-ignore require-concurrent-index-creation
create index notifications_unheard on public.notification_log (tenant_id, property_id, sent_at)
  where state = 'sent' and unheard_at is null and booking_id is not null and channel in ('whatsapp', 'sms');
