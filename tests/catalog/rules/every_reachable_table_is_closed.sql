-- every_reachable_table_is_closed: A table of ours that an API role may touch has row level security.
select c.oid::regclass::text from pg_class c join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook') and not c.relrowsecurity
and exists (select from aclexplode(c.relacl) a where a.grantee::regrole::text in ('anon', 'guest', 'staff', 'admin', 'kiosk', 'platform', 'authenticator') or a.grantee = 0)
