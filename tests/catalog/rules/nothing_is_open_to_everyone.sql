-- nothing_is_open_to_everyone: PUBLIC may execute nothing of ours: whoever may call a function is named.
select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname in ('public', 'portal', 'service_menus', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook')
and has_function_privilege('public', p.oid, 'execute')
