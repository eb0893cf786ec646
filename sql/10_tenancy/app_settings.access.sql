-- app_settings: read by commands; edited through the settings command of a later surface.
select app.isolate_tenant('public.app_settings');

drop policy if exists managers_read on public.app_settings;
create policy managers_read on public.app_settings for select to admin
  using ((select app.can('hotel:settings:write')));

grant select on public.app_settings to engine, service, admin;
-- no insert, update, delete
