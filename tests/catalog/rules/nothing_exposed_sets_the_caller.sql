-- nothing_exposed_sets_the_caller: What API roles may call never sets app.* settings, by whatever spelling, but for the closed list.
select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook') and p.prokind in ('f', 'p')
and exists (select from unnest(array['anon', 'guest', 'staff', 'admin', 'kiosk', 'platform', 'authenticator']) r (name)
            where has_function_privilege(r.name, p.oid, 'execute'))
and (pg_get_functiondef(p.oid) ~* '\mset_config\s*\(\s*(?!''(response|pgrst)\.)'
     or pg_get_functiondef(p.oid) ~* '\mset_caller\s*\(|\mset\s+(local\s+|session\s+)?app\.')
