-- nothing_exposed_sets_the_caller: What API roles may call never sets app.* settings, but pre_request and its helper.
select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('public', 'portal', 'identity', 'notify', 'kiosk', 'app', 'api', 'hook') and p.prosrc ~ 'set_config\(\s*''app\.(tenant_id|role|actor|permissions|property|session|booking)'
    and (n.nspname = 'api' or has_function_privilege('staff', p.oid, 'execute'))
