-- every_reference_stays_in_its_tenant: A foreign key between tenant tables carries tenant_id on both sides.
with t as (
select c.oid, n.nspname || '.' || c.relname as name
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p') and n.nspname in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook')
  and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
)
select t.name || '.' || c.conname from pg_constraint c
join t on t.oid = c.conrelid join t as r on r.oid = c.confrelid
where c.contype = 'f' and not exists (
  select from unnest(c.conkey, c.confkey) k (here, there)
  join pg_attribute a on a.attrelid = c.conrelid and a.attnum = k.here and a.attname = 'tenant_id'
  join pg_attribute b on b.attrelid = c.confrelid and b.attnum = k.there and b.attname = 'tenant_id')
