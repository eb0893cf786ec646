-- notification_log: members see what their properties sent; phones only masked, through the view.
select app.isolate_tenant('public.notification_log');

drop policy if exists members_read on public.notification_log;
create policy members_read on public.notification_log for select to staff, admin
  using ((select app.can('hotel:messages:read'))
         and (property_id is null or (select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));

grant select, insert, update on public.notification_log to engine, service;
grant select (tenant_id, id, event_key, channel, recipient, template_key, language, state, provider_id, send_after, attempt_count,
              failure_count, next_lookup_at, error_code, error_message, property_id, booking_id, request_id,
              sent_at, delivered_at, read_at, created_at, updated_at, fallback_of, unheard_at) on public.notification_log to staff, admin;
-- no variables to members: they carry what was written to a guest. No delete for anyone: it is the record
