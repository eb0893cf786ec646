-- kiosks: registered and revoked by commands; members see those of their properties, a kiosk itself, the platform their health.
select app.isolate_tenant('kiosk.kiosks');

drop policy if exists members_read on kiosk.kiosks;
create policy members_read on kiosk.kiosks for select to staff, admin
  using ((select app.can('hotel:kiosks:read'))
    and ((select app.sees_all_properties()) or property_id = any ((select app.property_ids())::uuid[])));

drop policy if exists kiosk_reads_itself on kiosk.kiosks;
create policy kiosk_reads_itself on kiosk.kiosks for select to kiosk using (id = (select app.actor_id()));

drop policy if exists platform_reads_health on kiosk.kiosks;
create policy platform_reads_health on kiosk.kiosks for select to platform using (true);

grant select, insert, update on kiosk.kiosks to engine;
grant select (tenant_id, id, property_id, name, firmware_version, status, last_heartbeat_at, registered_by, token_made_at, revoked_at,
              session_id, created_at) on kiosk.kiosks to staff, admin;
grant select (tenant_id, id, property_id, name, firmware_version, status, last_heartbeat_at) on kiosk.kiosks to kiosk;
grant select (tenant_id, id, firmware_version, status, last_heartbeat_at, revoked_at, created_at) on kiosk.kiosks to platform;
-- no digest for readers
-- no insert, update, delete: commands only
