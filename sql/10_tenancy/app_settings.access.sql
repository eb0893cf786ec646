-- app_settings: read and changed by commands; managers see them.
select app.isolate_tenant('public.app_settings');

drop policy if exists managers_read on public.app_settings;
create policy managers_read on public.app_settings for select to staff, admin
  using ((select app.can('hotel:settings:write')));

grant select on public.app_settings to engine, service, staff, admin;
grant insert, update, delete on public.app_settings to engine;
-- no insert, update, delete for sessions: commands only
