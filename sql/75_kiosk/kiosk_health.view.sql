-- kiosk_health: for the platform: how the kiosks of all hotels are, and nothing else about them.
create or replace view api.kiosk_health
with (security_invoker = true) as
select k.tenant_id, k.id as kiosk_id, k.status, k.firmware_version, k.last_heartbeat_at, k.revoked_at
from kiosk.kiosks as k;

comment on view api.kiosk_health is 'Kiosks across tenants by their health alone, for platform sessions.';
grant select on api.kiosk_health to platform;
