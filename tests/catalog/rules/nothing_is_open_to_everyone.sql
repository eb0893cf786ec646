-- nothing_is_open_to_everyone: PUBLIC may execute only helpers of schema app that read settings or compute; never a command.
select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
where n.nspname in ('public', 'portal', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook')
and has_function_privilege('public', p.oid, 'execute')
and (n.nspname <> 'app' or p.provolatile = 'v' and p.proname <> 'new_id' or p.prosecdef and p.proname <> 'now')
