/* pgmigrate-encoding: utf-8 */
-- The fallback ladder: a message that did not arrive is sent another way, each way once.

alter table public.notification_log add column fallback_of uuid;
alter table public.notification_log
  add constraint fallback_has_a_first foreign key (tenant_id, fallback_of)
    references public.notification_log (tenant_id, id) not valid;
-- squawk-ignore constraint-missing-not-valid
alter table public.notification_log validate constraint fallback_has_a_first;
-- squawk-ignore require-concurrent-index-creation
create unique index a_way_is_tried_once on public.notification_log (tenant_id, fallback_of, channel) where fallback_of is not null;
comment on column public.notification_log.fallback_of is 'The guest''s first message, which did not arrive and is repeated by this one on another channel. Null: it is itself the first.';
