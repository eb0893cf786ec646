-- every_table_has_an_owner: A table without tenant_id is on the closed list.
select n.nspname || '.' || c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and n.nspname in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook')
    and not exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
