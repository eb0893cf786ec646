-- kiosks: the devices of the properties one works at; to a kiosk, itself.
create or replace view api.kiosks
with (security_invoker = true) as
select k.id, k.property_id, p.code as property_code, p.name as property_name, k.name, k.firmware_version, k.status, k.last_heartbeat_at
from kiosk.kiosks as k
join public.properties as p on p.tenant_id = k.tenant_id and p.id = k.property_id;

comment on view api.kiosks is 'Kiosks with where they stand and how they are. A kiosk sees itself.';
grant select on api.kiosks to staff, admin, kiosk;
